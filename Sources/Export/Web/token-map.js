// The tokens in the plane in which their embeddings differ most.

class TokenMap {
  static most = 1500;

  constructor(model, composer) {
    Object.assign(this, { model, composer, points: [] });
    const { network } = model;
    const shown = Math.min(network.vocabulary, TokenMap.most);
    const rows = Array.from({ length: shown }, (_, token) => Float64Array.from(row(network.tokenEmbeddings, token)));
    const { places, share } = principalPlane(rows);
    this.places = places;
    byId("map-note").textContent = `${shown < network.vocabulary ? `The first ${grouped(shown)} of ${grouped(network.vocabulary)}` : "All"} `
      + `tokens by the two directions in which their embeddings differ most, ${percent(share)} of all difference: `
      + "what the model uses alike lies close together. Those of your text are coloured.";
    new ResizeObserver(() => this.draw()).observe(byId("map"));
  }

  draw() {
    const width = byId("map").clientWidth;
    const height = Math.round(Math.min(520, Math.max(320, width * 0.62)));
    const [x, y] = [0, 1].map(axis => scaled(this.places.map(place => place[axis]), axis === 0 ? [24, width - 56] : [height - 20, 20]));
    this.points = this.places.map((_, token) => {
      const name = label(this.model, token, "boundary");
      const text = drawing("text", { x: x[token] + 6, y: y[token] + 4 }, name);
      return drawing("g", {}, drawing("title", {}, name), drawing("circle", { cx: x[token], cy: y[token], r: 2.5 }), text);
    });
    const svg = drawing("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "map-title map-note" }, ...this.points);
    byId("map").replaceChildren(svg);
    this.hideCrowdedNames(x, y, width);
    this.mark();
  }

  // Names that would lie over others are not shown; the outer ones have the first choice.
  hideCrowdedNames(x, y, width) {
    const taken = [];
    const distance = token => Math.hypot(...this.places[token]);
    for (const token of Array.from(x.keys()).sort((a, b) => distance(b) - distance(a))) {
      const text = this.points[token].querySelector("text");
      const box = { left: x[token], right: x[token] + 10 + 8 * text.textContent.length, top: y[token] - 8, bottom: y[token] + 8 };
      const isCrowded = box.right > width || taken.some(other => box.left < other.right && box.right > other.left
        && box.top < other.bottom && box.bottom > other.top);
      if (isCrowded) text.classList.add("crowded"); else taken.push(box);
    }
  }

  mark() {
    const present = new Set(this.composer.tokens);
    this.points.forEach((point, token) => point.classList.toggle("present", present.has(token)));
    // What is drawn last lies above the rest.
    for (const token of present) this.points[token]?.parentNode.append(this.points[token]);
  }
}

function scaled(numbers, [from, to]) {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return numbers.map(number => from + (to - from) * (number - least) / (most - least || 1));
}

// Where `rows` lie along the two directions in which they vary most, and the share of all variance in them.
function principalPlane(rows) {
  const width = rows[0].length;
  const mean = rows.reduce((total, row) => sum(total, row), new Float64Array(width)).map(number => number / rows.length);
  const centred = rows.map(row => row.map((number, column) => number - mean[column]));
  const variance = vectors => vectors.reduce((total, vector) => total + dot(vector, vector), 0);
  const rest = centred.map(row => row.slice());
  const directions = [0, 1].map(() => {
    const direction = mainDirection(rest);
    rest.forEach(row => {
      const along = dot(row, direction);
      direction.forEach((number, column) => { row[column] -= along * number; });
    });
    return direction;
  });
  return {
    places: centred.map(row => directions.map(direction => dot(row, direction))),
    share: 1 - variance(rest) / (variance(centred) || 1),
  };
}

// By power iteration, from a direction that is no axis.
function mainDirection(rows) {
  let direction = Float64Array.from(rows[0], (_, column) => 1 / (1 + column));
  for (let round = 0; round < 60; round++) {
    const next = new Float64Array(direction.length);
    for (const row of rows) {
      const along = dot(row, direction);
      for (let column = 0; column < next.length; column++) next[column] += along * row[column];
    }
    const length = Math.sqrt(dot(next, next)) || 1;
    direction = next.map(number => number / length);
  }
  return direction;
}

function dot(a, b) {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += a[index] * b[index];
  return total;
}
