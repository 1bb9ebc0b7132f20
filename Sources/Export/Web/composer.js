// The text that a user writes together with the model: its tokens, their surprisals, and the likeliest next tokens.

class Composer {
  // `changed` is called after every change of the text or of the sampling options.
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

  // Encodes the text that the user typed.
  read(text) {
    try {
      this.tokens = this.model.tokenizer.encode(text);
      const divided = this.model.tokenizer.divided.map(part => `“${part}”`).join(", ");
      this.problem = divided && `Not in the model's vocabulary, and encoded as several tokens: ${divided}.`;
      const unknown = this.tokens.filter(token => token === this.model.tokenizer.unknown).length;
      if (unknown > 0) this.problem = `The text has ${count(unknown, "word")} outside the model's vocabulary.`;
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
      this.setTokens(this.tokens, "The model ended the text here.");
    } else {
      this.setTokens([...this.tokens, token]);
    }
  }

  addOne() { this.add(sampleToken(this.weights, Math.random())); }

  finish() {
    const { tokens, isComplete } = generate(this.model, this.tokens, this.options, { uniform: Math.random });
    this.setTokens(tokens, isComplete ? "" : "The model's context is full: the text cannot become longer.");
  }

  update() {
    const { network } = this.model;
    const { cache, logits } = network.forwardAll(this.tokens.slice(0, network.context - 1));
    this.cache = cache;
    this.weights = samplingWeights(logits, this.options, this.model.tokenizer.unsampled);
    byId("problem").textContent = this.problem;
    this.showOptions();
    this.showChips();
    this.showNext();
    this.changed();
  }

  showOptions() {
    const { temperature, topK, topP } = this.options;
    const texts = {
      "temperature": temperature === 0 ? "0, the likeliest token" : temperature.toFixed(2),
      "top-k": topK === Infinity ? "all tokens" : `the ${topK} likeliest`,
      "top-p": topP === 1 ? "all tokens" : `the likeliest ${percent(topP)}`,
    };
    for (const [id, text] of Object.entries(texts)) {
      document.querySelector(`output[for=${id}]`).textContent = text;
      byId(id).setAttribute("aria-valuetext", text);
    }
  }

  showChips() {
    const { network } = this.model;
    const nats = network.surprisals(this.tokens);
    const chip = (token, surprisal, isBoundary) => {
      const item = element("li", { title: `${surprisal.toFixed(2)} nats, ${percent(Math.exp(-surprisal))}` },
        element("b", {}, label(this.model, token)), element("small", {}, `${token} · ${surprisal.toFixed(1)}`));
      item.classList.toggle("mark", isBoundary);
      // Full color for a token that is no likelier than by a uniform guess.
      item.style.setProperty("--surprisal", Math.min(1, surprisal / Math.log(network.vocabulary)).toFixed(3));
      return item;
    };
    const all = [...this.tokens, network.boundary];
    const chips = all.map((token, index) => chip(token, nats[index], index === all.length - 1));
    byId("chips").replaceChildren(...(this.tokens.length === 0 ? [] : chips));
    const total = nats.reduce((a, b) => a + b, 0);
    const bytes = new TextEncoder().encode(byId("text").value).length;
    byId("surprisal").textContent = this.tokens.length === 0 ? "" : "Each token has its number and its surprisal in "
      + "nats, which is also its color. “end” is the end of the text. "
      + `Total: ${(total / nats.length).toFixed(2)} nats per token, `
      + `${(total / Math.LN2 / Math.max(1, bytes)).toFixed(2)} bits per byte.`;
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
      ? `The model's context of ${context} tokens is full: the text has ${this.tokens.length}.`
      : possible.length > 10 ? `and ${grouped(possible.length - 10)} more` : "";
  }
}
