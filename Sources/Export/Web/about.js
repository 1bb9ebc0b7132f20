// The facts about the model.

function showFacts(model) {
  byId("summary").textContent = [
    count(model.parameters, "parameter"), model.texts === null ? "" : `, trained on ${count(model.texts, "text")}`,
    ". It runs on your own device; nothing that you type leaves this page.",
  ].join("");
  byId("about").replaceChildren(
    ...facts(model).flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]));
}

// The facts as pairs of a name and a text.
function facts(model) {
  const { layers, embedding, heads, context, vocabulary } = model.configuration;
  const shown = ["unit", "locale", "normalize", "lowercase"];
  const settings = Object.entries(model.settings).filter(([key]) => shown.includes(key));
  const bits = model.precision === 32
    ? "32 bits, as trained: with the same seed, the page and the tool generate the same texts, but for roundings that "
      + "may make a rare token another one"
    : `rounded to 16 bits, which changes the loss on generated texts by ${model.lossDifference.toFixed(5)} nats per `
      + "token; some texts differ from those of the tool";
  const { recipe, result } = model.training;
  return [
    ["network", [
      "GPT", count(layers, "layer"), `hidden size ${embedding}`, count(heads, "head"), `context ${context}`,
    ].join(", ")],
    model.memoryShare !== null && ["n-gram memory", `${percent(model.memoryShare)} of the mixture`],
    ["vocabulary", count(vocabulary, "token")],
    ["tokenizer", [model.tokenizer, ...settings.map(([key, value]) => `${key} ${value}`)].join(", ")],
    ["weights", `${bits}.`],
    recipe && ["training", `${count(recipe.steps, "step")} of ${count(recipe.batch, "document")}, seed ${recipe.seed}`],
    result?.held_out_loss && ["held-out loss", `${result.held_out_loss.toFixed(3)} nats per token, ${
      result.bits_per_byte.toFixed(3)} bits per byte`],
    model.texts && ["corpus", `${count(model.texts, "distinct text")}, stored as ${model.hashBits}-bit hashes${
      model.hashBits === 64 ? "" : `: one new text in ${grouped(Math.round(2 ** 32 / model.texts))} is marked as known `
        + "by mistake"}`],
    ...model.notes.map(note => ["note", `${note}.`]),
  ].filter(Boolean);
}
