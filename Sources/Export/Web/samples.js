// Twenty samples, the same that the tool generates with the same seed.

class Samples {
  constructor(engine, composer) {
    Object.assign(this, { engine, composer });
    byId("sampling").addEventListener("submit", event => {
      event.preventDefault();
      if (this.isShown) byId("seed").value = BigInt(byId("seed").value) + 1n;
      this.generate();
    });
    byId("seed").addEventListener("input", () => { this.isShown = false; });
  }

  async show(model) {
    this.model = model;
    byId("command-note").hidden = model.precision !== 32;
    await this.generate();
  }

  async generate() {
    const { options, tokens } = this.composer;
    const seed = byId("seed").value;
    const command = this.command(options, seed);
    const samples = await this.engine.do("sample", { tokens, ...options, seed, count: 20 });
    byId("samples").replaceChildren(...samples.map(sampleItem));
    const known = samples.filter(({ isNew }) => !isNew).length;
    byId("samples-note").textContent = this.model.texts === null ? ""
      : `${known === 0 ? "None" : known} of them ${known === 1 ? "is" : "are"} in the training corpus, word for word.`;
    byId("command").textContent = command;
    this.isShown = true;
  }

  command({ temperature, topK, topP }, seed) {
    const prompt = byId("text").value;
    return [
      `swiftlet sample ${shellQuoted(this.model.title + ".safetensors")} --count 20`,
      ` --temperature ${temperature} --seed ${seed}`,
      topK === null ? "" : ` --top-k ${topK}`,
      topP === null ? "" : ` --top-p ${topP}`,
      prompt === "" ? "" : ` --prompt ${shellQuoted(prompt)}`,
    ].join("");
  }

  // Shows the prompt of the next samples on the button.
  promptChanged() {
    const text = byId("text").value;
    byId("generate").textContent = text === "" ? "Generate twenty" : `Generate twenty that start with “${text}”`;
    byId("generate").disabled = this.composer.reading.isFull;
    this.isShown = false;
  }
}

function sampleItem({ text, isNew, isComplete }) {
  const item = element("li", { dir: "auto" }, text);
  if (!isNew) item.append(element("span", { className: "tag" }, "in the corpus"));
  if (!isComplete) {
    item.append(element("span", { className: "tag incomplete", title: "The model's context is full." }, "cut off"));
  }
  return item;
}

// A word quoted for a shell.
function shellQuoted(word) {
  return /^[\w+\-./:=@]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}
