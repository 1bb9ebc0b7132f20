// The network: microgpt's, which is GPT-2 with RMS norms and ReLU, and without biases; the ReLU may be squared, and there may be tables
// of embeddings for runs of two and of three tokens. Its numbers are read as they were stored and
// summed in double precision.

class Network {
  // `numbers` holds every matrix in turn, each row by row, a row for each output.
  constructor(configuration, numbers) {
    Object.assign(this, configuration);
    const width = this.embedding;
    let used = 0;
    const matrix = (rows, columns) => ({ rows, columns, numbers: numbers.subarray(used, used += rows * columns) });
    this.tokenEmbeddings = matrix(this.vocabulary, width);
    this.positionEmbeddings = matrix(this.context, width);
    this.head = matrix(this.vocabulary, width);
    this.blocks = Array.from({ length: this.layers }, () => ({
      query: matrix(width, width),
      key: matrix(width, width),
      value: matrix(width, width),
      output: matrix(width, width),
      widen: matrix(4 * width, width),
      narrow: matrix(width, 4 * width),
    }));
    this.tables = [[2, this.bigrams], [3, this.trigrams]].filter(([, rows]) => rows)
      .map(([length, rows]) => ({ length, ...matrix(rows, width) }));
  }

  get boundary() { return this.vocabulary - 1; }

  // Nothing read so far.
  begin() {
    return { length: 0, tokens: [this.boundary, this.boundary], blocks: this.blocks.map(() => ({ keys: [], values: [], attention: [] })) };
  }

  // Reads `token` after all that `past` holds, which it adds to, and returns a score for each token that may follow.
  read(token, past) {
    let x = sum(row(this.tokenEmbeddings, token), row(this.positionEmbeddings, past.length));
    past.tokens.push(token);
    for (const table of this.tables) x = sum(x, row(table, this.rowOfNGram(table, past.tokens.slice(-table.length))));
    x = norm(x);
    this.blocks.forEach((block, index) => {
      x = sum(x, this.attend(block, norm(x), past.blocks[index]));
      x = sum(x, product(block.narrow, this.activate(product(block.widen, norm(x)))));
    });
    past.length += 1;
    return product(this.head, x);
  }

  // The row of a table in which a ngram of tokens is looked up: its own, or one that it shares.
  rowOfNGram({ length, rows }, ngram) {
    const codes = ngram.map(token => token === this.boundary ? 0 : token + 1);
    if (this.vocabulary ** length <= rows) return codes.reduce((place, code) => place * this.vocabulary + code, 0);
    let hash = codes.reduce((hash, code) => Math.imul(hash, 0x9e3779b1) + code, 0);
    hash = Math.imul(hash ^ hash >>> 15, 0x85ebca6b);
    return ((hash ^ hash >>> 13) >>> 0) % rows;
  }

  activate(x) {
    const rectified = x.map(number => Math.max(0, number));
    return this.activation === "squared-relu" ? rectified.map(number => number * number) : rectified;
  }

  attend(block, x, past) {
    const query = product(block.query, x);
    past.keys.push(product(block.key, x));
    past.values.push(product(block.value, x));
    const size = this.embedding / this.heads;
    const output = new Float64Array(this.embedding);
    const attention = [];
    for (let head = 0; head < this.heads; head++) {
      const [start, end] = [head * size, (head + 1) * size];
      const weights = softmax(past.keys.map(key => {
        let score = 0;
        for (let column = start; column < end; column++) score += query[column] * key[column];
        return score / Math.sqrt(size);
      }));
      past.values.forEach((value, position) => {
        for (let column = start; column < end; column++) output[column] += weights[position] * value[column];
      });
      attention.push(weights);
    }
    past.attention.push(attention);
    return product(block.output, output);
  }

  // Reads the boundary and then `tokens`; gives what was read and the scores after the last.
  readAll(tokens) {
    const past = this.begin();
    let scores = this.read(this.boundary, past);
    for (const token of tokens) scores = this.read(token, past);
    return { past, scores };
  }

  // For each of `tokens`, and for the end after them, -ln of its probability. More than the context are read in windows of nearly the
  // same length, as `swiftlet score` reads them.
  surprises(tokens) {
    const inputs = [this.boundary, ...tokens];
    const targets = [...tokens, this.boundary];
    const windows = Math.ceil(targets.length / this.context);
    const nats = [];
    for (let window = 0; window < windows; window++) {
      const past = this.begin();
      const end = Math.floor(targets.length * (window + 1) / windows);
      for (let index = Math.floor(targets.length * window / windows); index < end; index++) {
        nats.push(-Math.log(softmax(this.read(inputs[index], past))[targets[index]]));
      }
    }
    return nats;
  }
}

function row(matrix, index) {
  return matrix.numbers.subarray(index * matrix.columns, (index + 1) * matrix.columns);
}

function product({ rows, columns, numbers }, x) {
  const result = new Float64Array(rows);
  for (let row = 0, place = 0; row < rows; row++) {
    let total = 0;
    for (let column = 0; column < columns; column++) total += numbers[place++] * x[column];
    result[row] = total;
  }
  return result;
}

function sum(a, b) {
  return Float64Array.from(a, (number, index) => number + b[index]);
}

function norm(x) {
  const square = x.reduce((total, number) => total + number * number, 0) / x.length;
  const scale = 1 / Math.sqrt(square + 1e-5);
  return x.map(number => number * scale);
}

// Shifted by the largest, so that no exponential overflows.
function softmax(scores) {
  const largest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = Float64Array.from(scores, score => Math.exp(score - largest));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map(weight => weight / total);
}
