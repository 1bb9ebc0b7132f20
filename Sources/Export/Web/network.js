// The network: microgpt's, which is GPT-2 with RMS norms, ReLU and no biases. The ReLU may be squared, positions may be
// rotary, and there may be a final norm and embedding tables for bigrams and trigrams. Weights have their stored
// precision; sums are in double precision.

class Network {
  // `weights` has all matrices in order, each row by row, with one row per output.
  constructor(configuration, weights) {
    Object.assign(this, configuration);
    const width = this.embedding;
    let used = 0;
    const matrix = (rows, columns) => ({ rows, columns, values: weights.subarray(used, used += rows * columns) });
    this.tokenEmbeddings = matrix(this.vocabulary, width);
    this.isRotary = this.positions === "rotary";
    if (!this.isRotary) this.positionEmbeddings = matrix(this.context, width);
    this.head = matrix(this.vocabulary, width);
    this.layerWeights = Array.from({ length: this.layers }, () => ({
      query: matrix(width, width),
      key: matrix(width, width),
      value: matrix(width, width),
      output: matrix(width, width),
      up: matrix(4 * width, width),
      down: matrix(width, 4 * width),
    }));
    this.ngramTables = [[2, this.bigrams], [3, this.trigrams]].filter(([, rows]) => rows)
      .map(([length, rows]) => ({ length, ...matrix(rows, width) }));
  }

  get boundary() { return this.vocabulary - 1; }

  // A key/value cache of no tokens. The boundary fills the n-grams before the first token.
  emptyCache() {
    return {
      length: 0,
      tokens: [this.boundary, this.boundary],
      layers: Array.from({ length: this.layers }, () => ({ keys: [], values: [], attention: [] })),
    };
  }

  // Appends `token` to the cache, and returns the logits of the next token.
  forward(token, cache) {
    let x = Float64Array.from(row(this.tokenEmbeddings, token));
    if (!this.isRotary) x = sum(x, row(this.positionEmbeddings, cache.length));
    cache.tokens.push(token);
    for (const table of this.ngramTables) {
      x = sum(x, row(table, this.ngramRow(table, cache.tokens.slice(-table.length))));
    }
    x = norm(x);
    this.layerWeights.forEach((layer, index) => {
      x = sum(x, this.attend(layer, norm(x), cache.layers[index]));
      x = sum(x, product(layer.down, this.activate(product(layer.up, norm(x)))));
    });
    cache.length += 1;
    return product(this.head, this["final-norm"] ? norm(x) : x);
  }

  // The row of an n-gram in its table: its own if the table has one for each n-gram, and a hashed one otherwise.
  ngramRow({ length, rows }, ngram) {
    const codes = ngram.map(token => token === this.boundary ? 0 : token + 1);
    if (this.vocabulary ** length <= rows) return codes.reduce((row, code) => row * this.vocabulary + code, 0);
    let hash = codes.reduce((hash, code) => Math.imul(hash, 0x9e3779b1) + code, 0);
    hash = Math.imul(hash ^ hash >>> 15, 0x85ebca6b);
    return ((hash ^ hash >>> 13) >>> 0) % rows;
  }

  activate(x) {
    const rectified = x.map(value => Math.max(0, value));
    return this.activation === "squared-relu" ? rectified.map(value => value * value) : rectified;
  }

  attend(layer, x, cache) {
    const position = cache.keys.length;
    const query = this.rotate(product(layer.query, x), position);
    cache.keys.push(this.rotate(product(layer.key, x), position));
    cache.values.push(product(layer.value, x));
    const size = this.embedding / this.heads;
    const output = new Float64Array(this.embedding);
    const attention = [];
    for (let head = 0; head < this.heads; head++) {
      const [start, end] = [head * size, (head + 1) * size];
      const probabilities = softmax(cache.keys.map(key => {
        let score = 0;
        for (let column = start; column < end; column++) score += query[column] * key[column];
        return score / Math.sqrt(size);
      }));
      cache.values.forEach((value, position) => {
        for (let column = start; column < end; column++) output[column] += probabilities[position] * value[column];
      });
      attention.push(probabilities);
    }
    cache.attention.push(attention);
    return product(layer.output, output);
  }

  // Rotary positions: rotates elements i and i + size / 2 of each head by position · 10,000^(−2i / size), in place.
  rotate(x, position) {
    const size = this.isRotary ? this.embedding / this.heads : 0;
    for (let pair = 0; pair < size / 2; pair++) {
      const angle = position * 10_000 ** (-2 * pair / size);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let first = pair; first < x.length; first += size) {
        const second = first + size / 2;
        [x[first], x[second]] = [x[first] * cosine - x[second] * sine, x[second] * cosine + x[first] * sine];
      }
    }
    return x;
  }

  // Runs the boundary and then `tokens` through the network; returns the cache and the logits after the last token.
  forwardAll(tokens) {
    const cache = this.emptyCache();
    let logits = this.forward(this.boundary, cache);
    for (const token of tokens) logits = this.forward(token, cache);
    return { cache, logits };
  }

  // The surprisal (-ln of the probability) of each of `tokens` and of the end after them. A text that is longer than
  // the context is scored in windows that overlap by half, each token in the first of them, as in `swiftlet score`.
  surprisals(tokens) {
    const inputs = [this.boundary, ...tokens];
    const targets = [...tokens, this.boundary];
    const nats = [];
    while (nats.length < targets.length) {
      const scored = nats.length;
      const end = Math.min(targets.length, scored === 0 ? this.context : scored + (this.context >> 1));
      const cache = this.emptyCache();
      for (let index = Math.max(0, end - this.context); index < end; index++) {
        const logits = this.forward(inputs[index], cache);
        if (index >= scored) nats.push(-Math.log(softmax(logits)[targets[index]]));
      }
    }
    return nats;
  }
}

function row(matrix, index) {
  return matrix.values.subarray(index * matrix.columns, (index + 1) * matrix.columns);
}

// The product of a matrix and a vector.
function product({ rows, columns, values }, x) {
  const result = new Float64Array(rows);
  for (let row = 0, index = 0; row < rows; row++) {
    let total = 0;
    for (let column = 0; column < columns; column++) total += values[index++] * x[column];
    result[row] = total;
  }
  return result;
}

function sum(a, b) {
  return Float64Array.from(a, (value, index) => value + b[index]);
}

function norm(x) {
  const meanSquare = x.reduce((total, value) => total + value * value, 0) / x.length;
  const scale = 1 / Math.sqrt(meanSquare + 1e-5);
  return x.map(value => value * scale);
}

// Shifted by the largest logit, so that no exponential overflows.
function softmax(logits) {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const exponentials = Float64Array.from(logits, logit => Math.exp(logit - largest));
  const total = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map(value => value / total);
}
