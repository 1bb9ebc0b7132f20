// The attention of each token to itself and to earlier tokens, for each layer and head.

class Attention {
  constructor(composer) {
    this.composer = composer;
    this.map = byId("heat-map");
    this.map.addEventListener("pointermove", event => this.point(event));
    this.map.addEventListener("pointerdown", event => this.point(event));
    this.map.addEventListener("keydown", event => this.move(event));
    new ResizeObserver(() => this.draw()).observe(this.map.parentElement);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  // Shows the heads of a model.
  show({ configuration: { layers, heads } }) {
    Object.assign(this, { layers, heads, layer: 0, head: 0, cursor: undefined, thumbnails: [] });
    byId("heads").replaceChildren();
    for (let layer = 0; layer < layers; layer++) {
      for (let head = 0; head < heads; head++) {
        const canvas = element("canvas");
        const input = element("input", { type: "radio", name: "head", checked: layer + head === 0 });
        input.addEventListener("change", () => { Object.assign(this, { layer, head }); this.drawMap(); });
        input.setAttribute("aria-label", `Layer ${layer + 1}, head ${head + 1}`);
        const name = layers > 1 ? `${layer + 1} · ${head + 1}` : `${head + 1}`;
        byId("heads").append(element("label", {}, input, canvas, name));
        this.thumbnails.push({ canvas, layer, head });
      }
    }
    this.draw();
  }

  // For each token, its attention to all tokens up to itself.
  rows(layer, head) {
    const { attention } = this.composer;
    const size = attention.length / this.layers / this.heads;
    const count = Math.floor(Math.sqrt(2 * size));
    const start = (layer * this.heads + head) * size;
    return Array.from({ length: count }, (_, row) => {
      const first = start + row * (row + 1) / 2;
      return attention.subarray(first, first + row + 1);
    });
  }

  labels(count) {
    return ["start", ...this.composer.reading.tokens.slice(0, -1).map(({ name }) => name)].slice(0, count);
  }

  draw() {
    if (this.layers === undefined) return;
    for (const { canvas, layer, head } of this.thumbnails) {
      const rows = this.rows(layer, head);
      const context = prepare(canvas, 64, 64);
      drawCells(context, rows, 0, 64 / rows.length);
    }
    this.drawMap();
  }

  drawMap() {
    const rows = this.rows(this.layer, this.head);
    const labels = this.labels(rows.length);
    this.cursor = Math.min(this.cursor ?? Infinity, rows.length - 1);
    const width = this.map.clientWidth;
    const size = Math.max(9, Math.min(15, width / rows.length / 2));
    const margin = Math.min(width / 4, 14 + size * 0.62 * Math.max(...labels.map(text => text.length)));
    const cell = Math.min(52, (width - margin) / rows.length);
    const height = margin + cell * rows.length;
    this.map.style.height = `${height}px`;
    const context = prepare(this.map, width, height);
    context.font = `${size}px system-ui, sans-serif`;
    context.textBaseline = "middle";
    labels.forEach((text, index) => {
      const center = margin + (index + 0.5) * cell;
      context.globalAlpha = index === this.cursor ? 1 : 0.75;
      context.textAlign = "right";
      context.fillText(text, margin - 8, center, margin - 12);
      context.save();
      context.translate(center, margin - 8);
      context.rotate(-Math.PI / 2);
      context.textAlign = "left";
      context.fillText(text, 0, 0, margin - 12);
      context.restore();
    });
    drawCells(context, rows, margin, cell);
    context.globalAlpha = 0.6;
    context.strokeStyle = context.fillStyle;
    context.strokeRect(margin + 0.5, margin + this.cursor * cell + 0.5, cell * (this.cursor + 1) - 1, cell - 1);
    this.layout = { margin, cell, count: rows.length };
    this.describe(rows[this.cursor], labels);
  }

  describe(attention, labels) {
    const most = Array.from(attention.keys()).sort((a, b) => attention[b] - attention[a])
      .filter((index, rank) => rank < 4 && attention[index] > 0.005)
      .map(index => `${percent(attention[index])} to “${labels[index]}”${index === this.cursor ? " itself" : ""}`);
    const text = `Layer ${this.layer + 1}, head ${this.head + 1}: “${labels[this.cursor]}” attends ${most.join(", ")}.`;
    byId("attention-note").textContent = text;
    const name = `Attention map of ${count(labels.length, "token")}. The arrow keys select a row.`;
    this.map.setAttribute("aria-label", name);
  }

  point(event) {
    const { margin, cell, count } = this.layout;
    const row = Math.floor((event.offsetY - margin) / cell);
    if (row >= 0 && row < count && row !== this.cursor) {
      this.cursor = row;
      this.drawMap();
    }
  }

  move(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.cursor = Math.max(0, this.cursor + step);
    this.drawMap();
  }

  // Redraws after a change of the text, with the last token selected.
  textChanged() {
    this.cursor = undefined;
    this.draw();
  }
}

function drawCells(context, rows, margin, cell) {
  const size = cell - Math.min(1, cell / 8);
  rows.forEach((row, rowIndex) => row.forEach((attention, column) => {
    context.globalAlpha = 0.04 + 0.96 * attention;
    context.fillRect(margin + column * cell, margin + rowIndex * cell, size, size);
  }));
}
