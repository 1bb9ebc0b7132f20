// Reads the model in the page and starts the parts of the page.

function readModel({ title, configuration, tokenizer, precision, numbers, known }) {
  const kinds = {
    characters: CharacterTokenizer, words: WordTokenizer, bytePairs: BytePairTokenizer, longest: LongestTokenizer,
  };
  const bytes = fromBase64(numbers);
  const weights = precision === 16 ? fromHalves(bytes) : new Float32Array(bytes.buffer);
  return {
    title,
    precision,
    size: weights.length,
    network: new Network(configuration, weights),
    tokenizer: new kinds[tokenizer.rule.kind](tokenizer),
    known: known === null ? undefined : new KnownTexts(known.count, known.bits, fromBase64(known.gaps)),
  };
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0));
}

// 16-bit floating-point numbers: one bit for the sign, five for the exponent, ten for the fraction.
function fromHalves(bytes) {
  return Float32Array.from(new Uint16Array(bytes.buffer), bits => {
    const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, bits >> 10 & 31, bits & 1023];
    return sign * (exponent === 0 ? fraction / 2 ** 24 : (1024 + fraction) * 2 ** (exponent - 25));
  });
}

// The facts about the model, as pairs of a name and a text.
function facts({ configuration, tokenizer, training, precision, lossDifference, known }, { tokenizer: { notes } }) {
  const { layers, embedding, heads, context, vocabulary } = configuration;
  const shown = ["unit", "locale", "normalize", "lowercase"];
  const settings = Object.entries(tokenizer.settings).filter(([key]) => shown.includes(key));
  const bits = precision === 32
    ? "32 bits, as trained: with the same seed, the page and the tool generate the same texts"
    : `rounded to 16 bits, which changes the loss on generated texts by ${lossDifference.toFixed(5)} nats per token; `
      + "some texts differ from those of the tool";
  const { recipe, result } = training;
  return [
    ["network", [
      "GPT", count(layers, "layer"), `hidden size ${embedding}`, count(heads, "head"), `context ${context}`,
    ].join(", ")],
    ["vocabulary", count(vocabulary, "token")],
    ["tokenizer", [tokenizer.name, ...settings.map(([key, value]) => `${key} ${value}`)].join(", ")],
    ["weights", `${bits}.`],
    recipe && ["training", `${count(recipe.steps, "step")} of ${count(recipe.batch, "document")}, seed ${recipe.seed}`],
    result?.held_out_loss && ["held-out loss", `${result.held_out_loss.toFixed(3)} nats per token, ${
      result.bits_per_byte.toFixed(3)} bits per byte`],
    known && ["corpus", `${count(known.count, "distinct text")}, stored as 32-bit hashes: one new text in ${
      grouped(Math.round(2 ** 32 / known.count))} is marked as known by mistake`],
    ...notes.map(note => ["note", note]),
  ].filter(Boolean);
}

function start() {
  const description = JSON.parse(byId("model").textContent);
  const model = readModel(description);
  byId("summary").textContent = [
    count(model.size, "parameter"),
    description.known ? `, trained on ${count(description.known.count, "text")}` : "",
    ". It runs on your own device; nothing that you type leaves this page.",
  ].join("");
  byId("about").append(
    ...facts(description, model).flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]));
  let parts = [];
  const composer = new Composer(model, () => parts.forEach(part => part()));
  const samples = new Samples(model, composer);
  const attention = new Attention(model, composer);
  // The rest waits until the page is painted.
  setTimeout(() => {
    samples.generate();
    const map = new TokenMap(model, composer);
    parts = [() => samples.promptChanged(), () => attention.textChanged(), () => map.textChanged()];
  });
  return { model, composer };
}

const { model, composer } = start();
