// The text that a person writes together with the model: its tokens, how surprising each is, and what may come next.

class Composer {
  // `changed` is called after every change of the text or of how the model chooses.
  constructor(model, changed) {
    Object.assign(this, { model, changed });
    this.topKs = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000].filter(k => k < model.network.vocabulary);
    this.topKs.push(Infinity);
    byId("top-k").max = byId("top-k").value = this.topKs.length - 1;
    for (const id of ["temperature", "top-k", "top-p"]) byId(id).addEventListener("input", () => this.update());
    byId("text").addEventListener("input", () => this.read(byId("text").value));
    byId("add").addEventListener("click", () => this.addOne());
    byId("finish").addEventListener("click", () => this.finish());
    byId("clear").addEventListener("click", () => { this.setTokens([]); byId("text").focus(); });
    this.setTokens([]);
  }

  get options() {
    return {
      temperature: byId("temperature").valueAsNumber,
      topK: this.topKs[byId("top-k").valueAsNumber],
      topP: byId("top-p").valueAsNumber,
    };
  }

  get isFull() { return this.tokens.length >= this.model.network.context; }

  // Takes in what a person typed.
  read(text) {
    try {
      this.tokens = this.model.tokenizer.encode(text);
      const divided = this.model.tokenizer.divided.map(piece => `“${piece}”`).join(", ");
      this.problem = divided && `Not in the model's vocabulary, and read in parts: ${divided}.`;
      const unknown = this.tokens.filter(token => token === this.model.tokenizer.unknown).length;
      if (unknown > 0) this.problem = `The model does not know ${count(unknown, "word")} of it, and reads on as well as it can.`;
    } catch (error) {
      if (!(error instanceof UnreadableText)) throw error;
      this.problem = error.message;
    }
    this.update();
  }

  setTokens(tokens, problem = "") {
    Object.assign(this, { tokens, problem });
    byId("text").value = this.model.tokenizer.decode(tokens);
    this.update();
  }

  add(token) {
    if (token === this.model.network.boundary) {
      this.setTokens(this.tokens, "The model ends the text here.");
    } else {
      this.setTokens([...this.tokens, token]);
    }
  }

  addOne() { this.add(choose(this.weights, Math.random())); }

  finish() {
    const { tokens, isComplete } = generate(this.model, this.tokens, this.options, { uniform: Math.random });
    this.setTokens(tokens, isComplete ? "" : "The text has as many tokens as the model can see, and goes on no further.");
  }

  update() {
    const { network } = this.model;
    const { past, scores } = network.readAll(this.tokens.slice(0, network.context - 1));
    this.past = past;
    this.weights = weigh(scores, this.options, this.model.tokenizer.unsampled);
    byId("problem").textContent = this.problem;
    this.showOptions();
    this.showChips();
    this.showNext();
    this.changed();
  }

  showOptions() {
    const { temperature, topK, topP } = this.options;
    const texts = {
      "temperature": temperature === 0 ? "0, the likeliest" : temperature.toFixed(2),
      "top-k": topK === Infinity ? "all tokens" : `the ${topK} likeliest`,
      "top-p": topP === 1 ? "all" : `the likeliest ${percent(topP)}`,
    };
    for (const [id, text] of Object.entries(texts)) {
      document.querySelector(`output[for=${id}]`).textContent = text;
      byId(id).setAttribute("aria-valuetext", text);
    }
  }

  showChips() {
    const { network } = this.model;
    const nats = network.surprises(this.tokens);
    const chip = (token, surprise, isMark) => {
      const item = element("li", { title: `${surprise.toFixed(2)} nats, ${percent(Math.exp(-surprise))}` },
        element("b", {}, label(this.model, token)), element("small", {}, `${token} · ${surprise.toFixed(1)}`));
      item.classList.toggle("mark", isMark);
      // Full colour where the model does no better than one who knows nothing.
      item.style.setProperty("--surprise", Math.min(1, surprise / Math.log(network.vocabulary)).toFixed(3));
      return item;
    };
    const all = [...this.tokens, network.boundary];
    byId("chips").replaceChildren(
      ...(this.tokens.length === 0 ? [] : all.map((token, index) => chip(token, nats[index], index === all.length - 1))));
    const total = nats.reduce((a, b) => a + b, 0);
    const bytes = new TextEncoder().encode(byId("text").value).length;
    byId("surprise").textContent = this.tokens.length === 0 ? "" : `Below each token its number and how surprising it is in nats, `
      + `also as colour; “end” stands for an end here. All in all ${(total / nats.length).toFixed(2)} nats a token, `
      + `${(total / Math.LN2 / Math.max(1, bytes)).toFixed(2)} bits a byte.`;
  }

  showNext() {
    const total = this.weights.reduce((a, b) => a + b, 0);
    const possible = Array.from(this.weights.keys()).filter(token => this.weights[token] > 0)
      .sort((a, b) => this.weights[b] - this.weights[a]);
    const shown = this.isFull ? [] : possible.slice(0, 10);
    const most = this.weights[possible[0]];
    byId("next").replaceChildren(...shown.map(token => {
      const name = label(this.model, token);
      const bar = element("i");
      bar.style.setProperty("--share", this.weights[token] / most);
      const button = element("button", { type: "button", onclick: () => this.add(token) },
        element("span", {}, name), bar, element("small", {}, percent(this.weights[token] / total)));
      button.classList.toggle("mark", token === this.model.network.boundary);
      return element("li", {}, button);
    }));
    byId("add").disabled = byId("finish").disabled = this.isFull;
    const { context } = this.model.network;
    byId("next-note").textContent = this.isFull
      ? `The model sees ${context} tokens at once, and this text has ${this.tokens.length}: nothing can follow.`
      : possible.length > 10 ? `and ${grouped(possible.length - 10)} more` : "";
  }
}
