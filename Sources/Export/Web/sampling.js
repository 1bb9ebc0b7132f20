// Sampling with the rules and the random numbers of `swiftlet sample`.

// The unnormalized probabilities of all tokens, relative to the likeliest; 0 for tokens that may not be sampled.
function samplingWeights(logits, { temperature, topK, topP }, forbidden) {
  const allowed = logits.map((logit, token) => forbidden.has(token) ? -Infinity : logit);
  const largest = allowed.reduce((a, b) => Math.max(a, b), -Infinity);
  if (temperature === 0) {
    const likeliest = allowed.indexOf(largest);
    return allowed.map((_, token) => token === likeliest ? 1 : 0);
  }
  const weights = allowed.map(logit => Math.exp((logit - largest) / temperature));
  return topK < weights.length || topP < 1 ? filtered(weights, topK, topP) : weights;
}

// Keeps the `topK` largest weights, and of these the largest that reach a share of `topP`. Ties go to the lower token.
function filtered(weights, topK, topP) {
  const ranks = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a] || a - b).slice(0, topK);
  const total = ranks.reduce((total, token) => total + weights[token], 0);
  const kept = new Float64Array(weights.length);
  let cumulative = 0;
  for (const token of ranks) {
    if (cumulative > 0 && cumulative >= topP * total && topP < 1) break;
    kept[token] = weights[token];
    cumulative += weights[token];
  }
  return kept;
}

// The first token whose cumulative weight exceeds the share `uniform` of the total.
function sampleToken(weights, uniform) {
  const threshold = uniform * weights.reduce((a, b) => a + b, 0);
  let cumulative = 0;
  return weights.findIndex(weight => (cumulative += weight) > threshold);
}

// The tokens of a text that starts with `prompt`. It is complete if the model ended it before the context was full.
function generate({ network, tokenizer }, prompt, options, random) {
  const tokens = [...prompt];
  let { cache, logits } = network.forwardAll(prompt);
  while (tokens.length < network.context) {
    const token = sampleToken(samplingWeights(logits, options, tokenizer.unsampled), random.uniform());
    if (token === network.boundary) return { tokens, isComplete: true };
    tokens.push(token);
    if (tokens.length < network.context) logits = network.forward(token, cache);
  }
  return { tokens, isComplete: false };
}

// Sample `number` of a seed: the tool's text, up to rounding in the last bits of exponentials.
function sampleText(model, number, seed, prompt, options) {
  const random = new RandomSource(seed, (1n << 48n) + BigInt(number));
  return generate(model, prompt, options, random);
}
