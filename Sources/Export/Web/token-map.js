// A map of the token embeddings: their first two principal components.

class TokenMap {
  static most = 1500;

  constructor(engine, composer) {
    Object.assign(this, { engine, composer, points: [] });
    new ResizeObserver(() => this.draw()).observe(byId("map"));
  }

  async show({ configuration: { vocabulary, embedding } }) {
    const shown = Math.min(vocabulary, TokenMap.most);
    const [bytes, names] = await Promise.all([this.engine.do("embeddings", shown), this.engine.do("names", shown)]);
    const numbers = new Float32Array(bytes.buffer);
    const rows = Array.from(
      { length: shown }, (_, token) => Float64Array.from(numbers.subarray(token * embedding, (token + 1) * embedding)));
    const { coordinates, share } = principalPlane(rows);
    Object.assign(this, { coordinates, names });
    byId("map-note").textContent = (shown < vocabulary
      ? `The first ${grouped(shown)} of ${grouped(vocabulary)} tokens` : "All tokens")
      + `, by the two principal components of their embeddings, which have ${percent(share)} of the variance. `
      + "Tokens that the model uses alike are close together. The tokens of your text are colored.";
    this.draw();
  }

  draw() {
    if (this.coordinates === undefined) return;
    const width = byId("map").clientWidth;
    const height = Math.round(Math.min(520, Math.max(320, width * 0.62)));
    const [x, y] = [0, 1].map(axis => scaled(
      this.coordinates.map(point => point[axis]), axis === 0 ? [24, width - 56] : [height - 20, 20]));
    this.points = this.coordinates.map((_, token) => {
      const name = this.names[token];
      const text = svgElement("text", { x: x[token] + 6, y: y[token] + 4 }, name);
      const circle = svgElement("circle", { cx: x[token], cy: y[token], r: 2.5 });
      return svgElement("g", {}, svgElement("title", {}, name), circle, text);
    });
    const attributes = { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "map-title map-note" };
    const svg = svgElement("svg", attributes, ...this.points);
    byId("map").replaceChildren(svg);
    this.hideCrowdedNames(x, y, width);
    this.textChanged();
  }

  // Hides names that would overlap others. Outer names have precedence.
  hideCrowdedNames(x, y, width) {
    const taken = [];
    const distance = token => Math.hypot(...this.coordinates[token]);
    for (const token of Array.from(x.keys()).sort((a, b) => distance(b) - distance(a))) {
      const text = this.points[token].querySelector("text");
      const right = x[token] + 10 + 8 * text.textContent.length;
      const box = { left: x[token], right, top: y[token] - 8, bottom: y[token] + 8 };
      const isCrowded = box.right > width || taken.some(other => box.left < other.right && box.right > other.left
        && box.top < other.bottom && box.bottom > other.top);
      if (isCrowded) text.classList.add("crowded"); else taken.push(box);
    }
  }

  // Highlights the tokens of the text.
  textChanged() {
    const present = new Set(this.composer.tokens);
    this.points.forEach((point, token) => point.classList.toggle("present", present.has(token)));
    // Elements drawn last are on top.
    for (const token of present) this.points[token]?.parentNode.append(this.points[token]);
  }
}

function scaled(numbers, [from, to]) {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return numbers.map(number => from + (to - from) * (number - least) / (most - least || 1));
}

// The coordinates of `rows` along their first two principal components, and the share of the variance in these.
function principalPlane(rows) {
  const width = rows[0].length;
  const mean = new Float64Array(width);
  for (const row of rows) row.forEach((number, column) => { mean[column] += number / rows.length; });
  const centered = rows.map(row => row.map((number, column) => number - mean[column]));
  const variance = vectors => vectors.reduce((total, vector) => total + dot(vector, vector), 0);
  const rest = centered.map(row => row.slice());
  const directions = [0, 1].map(() => {
    const direction = principalDirection(rest);
    rest.forEach(row => {
      const along = dot(row, direction);
      direction.forEach((number, column) => { row[column] -= along * number; });
    });
    return direction;
  });
  return {
    coordinates: centered.map(row => directions.map(direction => dot(row, direction))),
    share: 1 - variance(rest) / (variance(centered) || 1),
  };
}

// The direction of largest variance, by power iteration.
function principalDirection(rows) {
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
