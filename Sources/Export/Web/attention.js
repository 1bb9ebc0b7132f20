// For every layer and head, how much each token looks at those before it.

class Attention {
  constructor(model, composer) {
    Object.assign(this, { model, composer, layer: 0, head: 0, cursor: undefined });
    const { layers, heads } = model.network;
    this.thumbnails = [];
    for (let layer = 0; layer < layers; layer++) {
      for (let head = 0; head < heads; head++) {
        const canvas = element("canvas");
        const input = element("input", { type: "radio", name: "head", checked: layer + head === 0 });
        input.addEventListener("change", () => { Object.assign(this, { layer, head }); this.drawMap(); });
        input.setAttribute("aria-label", `Layer ${layer + 1}, head ${head + 1}`);
        byId("heads").append(element("label", {}, input, canvas, layers > 1 ? `${layer + 1} · ${head + 1}` : `${head + 1}`));
        this.thumbnails.push({ canvas, layer, head });
      }
    }
    this.map = byId("heat-map");
    this.map.addEventListener("pointermove", event => this.point(event));
    this.map.addEventListener("pointerdown", event => this.point(event));
    this.map.addEventListener("keydown", event => this.move(event));
    new ResizeObserver(() => this.draw()).observe(this.map.parentElement);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  // For each token read, its weights over all up to itself.
  rows(layer, head) { return this.composer.past.blocks[layer].attention.map(heads => heads[head]); }

  labels() {
    return [this.model.network.boundary, ...this.composer.tokens].slice(0, this.composer.past.length)
      .map(token => label(this.model, token, "start"));
  }

  draw() {
    for (const { canvas, layer, head } of this.thumbnails) {
      const rows = this.rows(layer, head);
      const context = prepare(canvas, 64, 64);
      drawCells(context, rows, 0, 64 / rows.length);
    }
    this.drawMap();
  }

  drawMap() {
    const rows = this.rows(this.layer, this.head);
    const labels = this.labels();
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
      const place = margin + (index + 0.5) * cell;
      context.globalAlpha = index === this.cursor ? 1 : 0.75;
      context.textAlign = "right";
      context.fillText(text, margin - 8, place, margin - 12);
      context.save();
      context.translate(place, margin - 8);
      context.rotate(-Math.PI / 2);
      context.textAlign = "left";
      context.fillText(text, 0, 0, margin - 12);
      context.restore();
    });
    drawCells(context, rows, margin, cell);
    context.globalAlpha = 0.6;
    context.strokeStyle = context.fillStyle;
    context.strokeRect(margin + 0.5, margin + this.cursor * cell + 0.5, cell * (this.cursor + 1) - 1, cell - 1);
    this.layout = { margin, cell };
    this.describe(rows[this.cursor], labels);
  }

  describe(weights, labels) {
    const most = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a]).filter((index, rank) => rank < 4 && weights[index] > 0.005)
      .map(index => `${percent(weights[index])} at “${labels[index]}”${index === this.cursor ? " itself" : ""}`);
    const text = `Layer ${this.layer + 1}, head ${this.head + 1}: reading “${labels[this.cursor]}”, it looks ${most.join(", ")}.`;
    byId("attention-note").textContent = text;
    this.map.setAttribute("aria-label", `Attention over ${count(labels.length, "token")}. The arrow keys choose the row.`);
  }

  point(event) {
    const { margin, cell } = this.layout;
    const row = Math.floor((event.offsetY - margin) / cell);
    if (row >= 0 && row < this.composer.past.length && row !== this.cursor) {
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

  // Shows the text anew, from its last token.
  follow() {
    this.cursor = undefined;
    this.draw();
  }
}

function drawCells(context, rows, margin, cell) {
  rows.forEach((weights, row) => weights.forEach((weight, column) => {
    context.globalAlpha = 0.04 + 0.96 * weight;
    context.fillRect(margin + column * cell, margin + row * cell, cell - Math.min(1, cell / 8), cell - Math.min(1, cell / 8));
  }));
}
