// Twenty samples, the same that the tool generates with the same seed.

class Samples {
  constructor(model, composer) {
    Object.assign(this, { model, composer });
    byId("sampling").addEventListener("submit", event => {
      event.preventDefault();
      if (this.isShown) byId("seed").value = BigInt(byId("seed").value) + 1n;
      this.generate();
    });
    byId("seed").addEventListener("input", () => { this.isShown = false; });
    byId("command-note").hidden = model.precision !== 32;
  }

  generate() {
    const { model } = this;
    const { options, tokens: prompt } = this.composer;
    const seed = BigInt(byId("seed").value);
    const texts = Array.from({ length: 20 }, (_, number) => sampleText(model, number, seed, prompt, options));
    let known = 0;
    byId("samples").replaceChildren(...texts.map(({ tokens, isComplete }) => {
      const text = model.tokenizer.decode(tokens);
      const item = element("li", { dir: "auto" }, text);
      if (model.known?.has(text)) {
        known += 1;
        item.append(element("span", { className: "tag" }, "in the corpus"));
      }
      if (!isComplete) {
        item.append(element("span", { className: "tag incomplete", title: "The model's context is full." }, "cut off"));
      }
      return item;
    }));
    byId("samples-note").textContent = model.known === undefined ? ""
      : `${known === 0 ? "None" : known} of them ${known === 1 ? "is" : "are"} in the training corpus, word for word.`;
    byId("command").textContent = this.command(options, seed);
    this.isShown = true;
  }

  command({ temperature, topK, topP }, seed) {
    const prompt = byId("text").value;
    return [
      `swiftlet sample ${shellQuoted(model.title + ".safetensors")} --count 20`,
      ` --temperature ${temperature} --seed ${seed}`,
      topK === Infinity ? "" : ` --top-k ${topK}`,
      topP === 1 ? "" : ` --top-p ${topP}`,
      prompt === "" ? "" : ` --prompt ${shellQuoted(prompt)}`,
    ].join("");
  }

  // Shows the prompt of the next samples on the button.
  promptChanged() {
    const text = byId("text").value;
    byId("generate").textContent = text === "" ? "Generate twenty" : `Generate twenty that start with “${text}”`;
    byId("generate").disabled = this.composer.isFull;
    this.isShown = false;
  }
}

// A word quoted for a shell.
function shellQuoted(word) {
  return /^[\w+\-./:=@]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}
