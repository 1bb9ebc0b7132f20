// How tokens are chosen, by the rules and the random numbers of `swiftlet sample`.

// What is to probabilities as 1 is to the likeliest: zero for what may not be chosen.
function weigh(scores, { temperature, topK, topP }, forbidden) {
  const allowed = scores.map((score, token) => forbidden.has(token) ? -Infinity : score);
  const largest = allowed.reduce((a, b) => Math.max(a, b), -Infinity);
  if (temperature === 0) {
    const likeliest = allowed.indexOf(largest);
    return allowed.map((_, token) => token === likeliest ? 1 : 0);
  }
  const weights = allowed.map(score => Math.exp((score - largest) / temperature));
  return topK < weights.length || topP < 1 ? filtered(weights, topK, topP) : weights;
}

// The first `topK` by weight, and of those the first whose weights reach `topP` of what they come to; of equals the lower number first.
function filtered(weights, topK, topP) {
  const ranks = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a] || a - b).slice(0, topK);
  const total = ranks.reduce((total, token) => total + weights[token], 0);
  const kept = new Float64Array(weights.length);
  let reached = 0;
  for (const token of ranks) {
    if (reached > 0 && reached >= topP * total && topP < 1) break;
    kept[token] = weights[token];
    reached += weights[token];
  }
  return kept;
}

// The first token at which the running sum of the weights passes `uniform` of it all.
function choose(weights, uniform) {
  const wanted = uniform * weights.reduce((a, b) => a + b, 0);
  let reached = 0;
  return weights.findIndex(weight => (reached += weight) > wanted);
}

// The tokens of a text that begins with `prompt`, and whether it is complete or its context is full.
function generate({ network, tokenizer }, prompt, options, random) {
  const tokens = [...prompt];
  let { past, scores } = network.readAll(prompt);
  while (tokens.length < network.context) {
    const token = choose(weigh(scores, options, tokenizer.unsampled), random.uniform());
    if (token === network.boundary) return { tokens, isComplete: true };
    tokens.push(token);
    if (tokens.length < network.context) scores = network.read(token, past);
  }
  return { tokens, isComplete: false };
}

// Text `number` of the series that `seed` stands for; the same text as the tool's, but for the last bits of exponentials.
function sample(model, number, seed, prompt, options) {
  const random = new RandomSource(seed, (1n << 48n) + BigInt(number));
  return generate(model, prompt, options, random);
}
