// The text that a user writes together with the model: its tokens, their surprisals, and the likeliest next tokens.

class Composer {
  // `changed` is called after every change of the text or of the sampling options.
  constructor(engine, changed) {
    Object.assign(this, { engine, changed, changes: 0 });
    for (const id of ["temperature", "top-k", "top-p"]) {
      byId(id).addEventListener("input", () => this.read({ tokens: this.tokens }));
    }
    byId("text").addEventListener("input", () => this.read({ text: byId("text").value }));
    byId("add").addEventListener("click", () => this.extend(1));
    byId("finish").addEventListener("click", () => this.extend(null));
    byId("clear").addEventListener("click", () => { this.setTokens([]); byId("text").focus(); });
  }

  // Starts with a model and no text.
  async show(model) {
    this.model = model;
    this.boundary = model.configuration.vocabulary - 1;
    this.topKs = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000].filter(k => k <= this.boundary);
    this.topKs.push(null);
    byId("top-k").max = byId("top-k").value = this.topKs.length - 1;
    await this.setTokens([]);
  }

  get options() {
    const topP = byId("top-p").valueAsNumber;
    return {
      temperature: byId("temperature").valueAsNumber, topK: this.topKs[byId("top-k").valueAsNumber],
      topP: topP === 1 ? null : topP,
    };
  }

  get tokens() { return this.reading.tokens.slice(0, -1).map(({ id }) => id); }

  async setTokens(tokens, problem) {
    await this.read({ tokens }, problem);
    byId("text").value = this.reading.text;
    this.changed();
  }

  // Has the model read a text or tokens.
  async read(source, problem = "") {
    this.changes += 1;
    const change = this.changes;
    try {
      const [reading, attention] = await Promise.all([
        this.engine.do("read", { ...source, ...this.options, count: 10 }), this.engine.do("attention"),
      ]);
      // The user may have gone on writing meanwhile.
      if (change !== this.changes) return;
      this.reading = reading;
      this.attention = new Float32Array(attention.buffer);
      problem ||= reading.note;
    } catch (error) {
      if (change !== this.changes) return;
      problem = error.message;
    }
    byId("problem").textContent = problem;
    this.showOptions();
    this.showChips();
    this.showNext();
    this.changed();
  }

  add(token) {
    if (token === this.boundary) return this.setTokens(this.tokens, "The model ended the text here.");
    return this.setTokens([...this.tokens, token]);
  }

  // Adds a token, or all up to the end of the text.
  async extend(most) {
    const seed = String(crypto.getRandomValues(new BigUint64Array(1))[0]);
    const { tokens, isComplete } = await this.engine.do(
      "extend", { tokens: this.tokens, ...this.options, seed, most });
    const isEnd = isComplete && most === 1;
    const isFull = !isComplete && most === null;
    await this.setTokens(tokens, isEnd ? "The model ended the text here."
      : isFull ? "The model's context is full: the text cannot become longer." : "");
  }

  showOptions() {
    const { temperature, topK, topP } = this.options;
    const texts = {
      "temperature": temperature === 0 ? "0, the likeliest token" : temperature.toFixed(2),
      "top-k": topK === null ? "all tokens" : `the ${topK} likeliest`,
      "top-p": topP === null ? "all tokens" : `the likeliest ${percent(topP)}`,
    };
    for (const [id, text] of Object.entries(texts)) {
      document.querySelector(`output[for=${id}]`).textContent = text;
      byId(id).setAttribute("aria-valuetext", text);
    }
  }

  showChips() {
    const { tokens, total } = this.reading;
    const isEmpty = tokens.length === 1;
    byId("chips").replaceChildren(...isEmpty ? [] : tokens.map(({ id, name, nats }, index) => {
      const item = element("li", { title: `${nats.toFixed(2)} nats, ${percent(Math.exp(-nats))}` },
        element("b", {}, name), element("small", {}, `${id} · ${nats.toFixed(1)}`));
      item.classList.toggle("mark", index === tokens.length - 1);
      // Full color for a token that is no likelier than by a uniform guess.
      item.style.setProperty("--surprisal", Math.min(1, nats / Math.log(this.boundary + 1)).toFixed(3));
      return item;
    }));
    const bytes = new TextEncoder().encode(byId("text").value).length;
    byId("surprisal").textContent = isEmpty ? "" : "Each token has its number and its surprisal in "
      + "nats, which is also its color. “end” is the end of the text. "
      + `Total: ${(total / tokens.length).toFixed(2)} nats per token, `
      + `${(total / Math.LN2 / Math.max(1, bytes)).toFixed(2)} bits per byte.`;
  }

  showNext() {
    const { next, possible, isFull, tokens } = this.reading;
    const shown = isFull ? [] : next;
    byId("next").replaceChildren(...shown.map(({ id, name, probability }) => {
      const bar = element("i");
      bar.style.setProperty("--share", probability / next[0].probability);
      const button = element("button", { type: "button", onclick: () => this.add(id) },
        element("span", {}, name), bar, element("small", {}, percent(probability)));
      button.classList.toggle("mark", id === this.boundary);
      return element("li", {}, button);
    }));
    byId("add").disabled = byId("finish").disabled = isFull;
    byId("next-note").textContent = isFull
      ? `The model's context of ${this.model.configuration.context} tokens is full: the text has ${tokens.length - 1}.`
      : possible > next.length ? `and ${grouped(possible - next.length)} more` : "";
  }
}
