// The page: what a person sees of the model and does with it.

"use strict";

const description = JSON.parse(document.getElementById("model").textContent);
const model = readModel(description);

function readModel({ configuration, tokenizer, precision, numbers, known }) {
  const kinds = { character: CharacterTokenizer, word: WordTokenizer, bpe: BytePairTokenizer };
  const bytes = fromBase64(numbers);
  return {
    network: new Network(configuration, precision === 16 ? halves(bytes) : new Float32Array(bytes.buffer)),
    tokenizer: new kinds[tokenizer.name](tokenizer),
    known: known === null ? undefined : new KnownTexts(new Uint32Array(fromBase64(known).buffer)),
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

document.getElementById("writing").addEventListener("submit", event => {
  event.preventDefault();
  const options = { temperature: document.getElementById("temperature").valueAsNumber, topK: Infinity, topP: 1 };
  document.getElementById("samples").replaceChildren(...Array.from({ length: 20 }, (_, number) => {
    const item = document.createElement("li");
    item.textContent = model.tokenizer.decode(sample(model, number, 42n, [], options).tokens);
    return item;
  }));
});
