// The beginning: reads the model that the page holds, and puts the parts of the page to work.

function readModel({ title, configuration, tokenizer, precision, numbers, known }) {
  const kinds = { character: CharacterTokenizer, word: WordTokenizer, bpe: BytePairTokenizer };
  const bytes = fromBase64(numbers);
  const values = precision === 16 ? halves(bytes) : new Float32Array(bytes.buffer);
  return {
    title,
    precision,
    size: values.length,
    network: new Network(configuration, values),
    tokenizer: new kinds[tokenizer.name](tokenizer),
    known: known === null ? undefined : new KnownTexts(known.count, known.bits, fromBase64(known.gaps)),
  };
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0));
}

// Numbers of 16 bits: one for the sign, five for the exponent, ten for the fraction.
function halves(bytes) {
  return Float32Array.from(new Uint16Array(bytes.buffer), bits => {
    const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, bits >> 10 & 31, bits & 1023];
    return sign * (exponent === 0 ? fraction / 2 ** 24 : (1024 + fraction) * 2 ** (exponent - 25));
  });
}

// What there is to say of the model, as pairs of a name and a text.
function facts({ configuration, tokenizer, training, precision, lossDifference, known }, { tokenizer: { notes } }) {
  const { layers, embedding, heads, context, vocabulary } = configuration;
  const settings = Object.entries(tokenizer.settings).filter(([key]) => ["unit", "locale", "normalize", "lowercase"].includes(key));
  const bits = precision === 32
    ? "32 bits, as they were trained: with the same seed the page writes what the tool writes"
    : `16 bits: on texts of the model's own, its loss changes by ${lossDifference.toFixed(5)} nats a token; now and then it writes another text than the tool`;
  const { recipe, result } = training;
  return [
    ["network", `GPT: ${count(layers, "layer")}, ${embedding} wide, ${count(heads, "head")}, a context of ${context} tokens`],
    ["tokens", `${grouped(vocabulary)}: ${tokenizer.name}${settings.map(([key, value]) => `, ${key} ${value}`).join("")}`],
    ["numbers", `${bits}.`],
    recipe && ["training", `${count(recipe.steps, "step")} of ${count(recipe.batch, "document")}, seed ${recipe.seed}`],
    result?.held_out_loss && ["held out", `${result.held_out_loss.toFixed(3)} nats a token, ${result.bits_per_byte.toFixed(3)} bits a byte on texts it did not learn from`],
    known && ["corpus", `${count(known.count, "different text")}, known here by 32 bits of a hash each: of new texts, one in ${grouped(Math.round(2 ** 32 / known.count))} is marked by mistake`],
    ...notes.map(note => ["note", note]),
  ].filter(Boolean);
}

function start() {
  const description = JSON.parse(byId("model").textContent);
  const model = readModel(description);
  byId("summary").textContent = [
    count(model.size, "number"),
    description.known ? ` that learned from ${count(description.known.count, "text")}` : "",
    ". It reads and writes on your own device; nothing that you type leaves this page.",
  ].join("");
  byId("about").append(...facts(description, model).flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]));
  let parts = [];
  const composer = new Composer(model, () => parts.forEach(part => part()));
  const samples = new Samples(model, composer);
  const attention = new Attention(model, composer);
  // What is not needed to begin is made when the page is there.
  setTimeout(() => {
    samples.write();
    const map = new TokenMap(model, composer);
    parts = [() => samples.announce(), () => attention.follow(), () => map.mark()];
  });
  return { model, composer };
}

const { model, composer } = start();
