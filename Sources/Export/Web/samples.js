// Twenty texts at the press of a button, the same that the tool writes with the same seed.

class Samples {
  constructor(model, composer) {
    Object.assign(this, { model, composer });
    byId("sampling").addEventListener("submit", event => {
      event.preventDefault();
      if (this.isWritten) byId("seed").value = BigInt(byId("seed").value) + 1n;
      this.write();
    });
    byId("seed").addEventListener("input", () => { this.isWritten = false; });
    byId("command-note").hidden = model.precision !== 32;
  }

  write() {
    const { model } = this;
    const { options, tokens: prompt } = this.composer;
    const seed = BigInt(byId("seed").value);
    const texts = Array.from({ length: 20 }, (_, number) => sample(model, number, seed, prompt, options));
    let known = 0;
    byId("samples").replaceChildren(...texts.map(({ tokens, isComplete }) => {
      const text = model.tokenizer.decode(tokens);
      const item = element("li", { dir: "auto" }, text);
      if (model.known?.has(text)) {
        known += 1;
        item.append(element("span", { className: "tag" }, "in the corpus"));
      }
      if (!isComplete) item.append(element("span", { className: "tag cut", title: "The model's context is full." }, "cut off"));
      return item;
    }));
    byId("samples-note").textContent = model.known === undefined ? ""
      : `${known === 0 ? "None" : known} of them ${known === 1 ? "stands" : "stand"} in the corpus, word for word.`;
    byId("command").textContent = this.command(options, seed);
    this.isWritten = true;
  }

  command({ temperature, topK, topP }, seed) {
    const prompt = byId("text").value;
    return [
      `swiftlet sample ${quoted(model.title + ".safetensors")} --count 20 --temperature ${temperature} --seed ${seed}`,
      topK === Infinity ? "" : ` --top-k ${topK}`,
      topP === 1 ? "" : ` --top-p ${topP}`,
      prompt === "" ? "" : ` --prompt ${quoted(prompt)}`,
    ].join("");
  }

  // Says how the texts will begin that are written next.
  announce() {
    const text = byId("text").value;
    byId("write").textContent = text === "" ? "Write twenty" : `Write twenty that begin with “${text}”`;
    byId("write").disabled = this.composer.isFull;
    this.isWritten = false;
  }
}

// As a shell reads it back.
function quoted(word) {
  return /^[\w+\-./:=@]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}
