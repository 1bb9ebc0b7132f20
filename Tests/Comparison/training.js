// The training of a network like the tool's, in plain JavaScript: loops over typed arrays, one document after the
// other. The browser tests measure it beside the engine.

class PlainTrainer {
  constructor({ vocabulary, width, heads, context, layers, steps, learningRate }) {
    Object.assign(this, { vocabulary, width, heads, context, layers, steps, learningRate, step: 0 });
    this.parameters = [];
    const matrix = (rows, columns, deviation) => {
      const values = Float32Array.from({ length: rows * columns }, () => deviation * normal());
      const parameter = {
        rows, columns, values, gradients: new Float32Array(values.length), first: new Float32Array(values.length),
        second: new Float32Array(values.length),
      };
      this.parameters.push(parameter);
      return parameter;
    };
    this.tokens = matrix(vocabulary, width, 0.08);
    this.positions = matrix(context, width, 0.08);
    this.head = matrix(vocabulary, width, 0.08);
    this.blocks = Array.from({ length: layers }, () => ({
      query: matrix(width, width, 0.08), key: matrix(width, width, 0.08), value: matrix(width, width, 0.08),
      output: matrix(width, width, 0.08), up: matrix(4 * width, width, 0.08), down: matrix(width, 4 * width, 0.08),
    }));
  }

  // Trains on documents, each with the boundary before and after it, and returns their mean loss.
  train(documents) {
    for (const { gradients } of this.parameters) gradients.fill(0);
    let loss = 0;
    for (const document of documents) loss += this.addGradients(document, documents.length) / documents.length;
    this.step += 1;
    const rate = this.learningRate * (1 - (this.step - 1) / this.steps);
    const [one, two] = [1 - 0.85 ** this.step, 1 - 0.99 ** this.step];
    for (const { values, gradients, first, second } of this.parameters) {
      for (let index = 0; index < values.length; index++) {
        const gradient = gradients[index];
        first[index] = 0.85 * first[index] + 0.15 * gradient;
        second[index] = 0.99 * second[index] + 0.01 * gradient * gradient;
        values[index] -= rate * first[index] / one / (Math.sqrt(second[index] / two) + 1e-8);
      }
    }
    return loss;
  }

  addGradients(document, batch) {
    const { width, vocabulary } = this;
    const rows = Math.min(document.length - 1, this.context);
    let x = new Float32Array(rows * width);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < width; column++) {
        x[row * width + column] = this.tokens.values[document[row] * width + column]
          + this.positions.values[row * width + column];
      }
    }
    const embedded = normalized(x, width);
    x = embedded.values;
    const states = this.blocks.map(block => {
      const state = this.forward(block, x, rows);
      x = state.result;
      return state;
    });
    const logits = product(x, this.head, rows);
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const scores = logits.subarray(row * vocabulary, (row + 1) * vocabulary);
      loss += softmaxLoss(scores, document[row + 1], rows * batch) / rows;
    }
    let dx = productBackward(x, this.head, logits, rows);
    for (let layer = this.layers - 1; layer >= 0; layer--) {
      dx = this.backward(this.blocks[layer], states[layer], dx, rows);
    }
    dx = normalizedBackward(embedded, dx, width);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < width; column++) {
        this.tokens.gradients[document[row] * width + column] += dx[row * width + column];
        this.positions.gradients[row * width + column] += dx[row * width + column];
      }
    }
    return loss;
  }

  forward(block, x, rows) {
    const normed = normalized(x, this.width);
    const [queries, keys, values] = [block.query, block.key, block.value]
      .map(matrix => product(normed.values, matrix, rows));
    const { attended, weights } = this.attend(queries, keys, values, rows);
    const middle = sum(x, product(attended, block.output, rows));
    const middleNormed = normalized(middle, this.width);
    const hidden = product(middleNormed.values, block.up, rows);
    for (let index = 0; index < hidden.length; index++) if (hidden[index] < 0) hidden[index] = 0;
    const result = sum(middle, product(hidden, block.down, rows));
    return { normed, queries, keys, values, attended, weights, middleNormed, hidden, result };
  }

  backward(block, state, dresult, rows) {
    const dhidden = productBackward(state.hidden, block.down, dresult, rows);
    for (let index = 0; index < dhidden.length; index++) if (state.hidden[index] === 0) dhidden[index] = 0;
    const dmiddle = sum(dresult, normalizedBackward(
      state.middleNormed, productBackward(state.middleNormed.values, block.up, dhidden, rows), this.width));
    const dattended = productBackward(state.attended, block.output, dmiddle, rows);
    const [dqueries, dkeys, dvalues] = this.attendBackward(state, dattended, rows);
    const dnormed = productBackward(state.normed.values, block.query, dqueries, rows);
    add(dnormed, productBackward(state.normed.values, block.key, dkeys, rows));
    add(dnormed, productBackward(state.normed.values, block.value, dvalues, rows));
    return sum(dmiddle, normalizedBackward(state.normed, dnormed, this.width));
  }

  attend(queries, keys, values, rows) {
    const { width, heads } = this;
    const size = width / heads;
    const scale = 1 / Math.sqrt(size);
    const attended = new Float32Array(rows * width);
    const weights = new Float32Array(heads * rows * rows);
    for (let head = 0; head < heads; head++) {
      for (let row = 0; row < rows; row++) {
        const start = (head * rows + row) * rows;
        const query = row * width + head * size;
        let largest = -Infinity;
        for (let past = 0; past <= row; past++) {
          const key = past * width + head * size;
          let score = 0;
          for (let index = 0; index < size; index++) score += queries[query + index] * keys[key + index];
          weights[start + past] = score * scale;
          if (weights[start + past] > largest) largest = weights[start + past];
        }
        let total = 0;
        for (let past = 0; past <= row; past++) {
          weights[start + past] = Math.exp(weights[start + past] - largest);
          total += weights[start + past];
        }
        for (let past = 0; past <= row; past++) {
          weights[start + past] /= total;
          const value = past * width + head * size;
          for (let index = 0; index < size; index++) attended[query + index] += weights[start + past] * values[value + index];
        }
      }
    }
    return { attended, weights };
  }

  attendBackward({ queries, keys, values, weights }, dattended, rows) {
    const { width, heads } = this;
    const size = width / heads;
    const scale = 1 / Math.sqrt(size);
    const [dqueries, dkeys, dvalues] = [queries, keys, values].map(({ length }) => new Float32Array(length));
    const dweights = new Float32Array(rows);
    for (let head = 0; head < heads; head++) {
      for (let row = 0; row < rows; row++) {
        const start = (head * rows + row) * rows;
        const query = row * width + head * size;
        let mean = 0;
        for (let past = 0; past <= row; past++) {
          const value = past * width + head * size;
          let dweight = 0;
          for (let index = 0; index < size; index++) {
            dweight += dattended[query + index] * values[value + index];
            dvalues[value + index] += weights[start + past] * dattended[query + index];
          }
          dweights[past] = dweight;
          mean += dweight * weights[start + past];
        }
        for (let past = 0; past <= row; past++) {
          const dscore = weights[start + past] * (dweights[past] - mean) * scale;
          const key = past * width + head * size;
          for (let index = 0; index < size; index++) {
            dqueries[query + index] += dscore * keys[key + index];
            dkeys[key + index] += dscore * queries[query + index];
          }
        }
      }
    }
    return [dqueries, dkeys, dvalues];
  }
}

// y (rows, matrix.rows) = x (rows, matrix.columns) · matrixᵀ
function product(x, { rows: outputs, columns: inputs, values }, rows) {
  const y = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++) {
      let total = 0;
      for (let input = 0; input < inputs; input++) total += x[row * inputs + input] * values[output * inputs + input];
      y[row * outputs + output] = total;
    }
  }
  return y;
}

// dx = dy · matrix; the gradients of the matrix grow by dyᵀ · x.
function productBackward(x, { rows: outputs, columns: inputs, values, gradients }, dy, rows) {
  const dx = new Float32Array(rows * inputs);
  for (let row = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++) {
      const gradient = dy[row * outputs + output];
      if (gradient === 0) continue;
      for (let input = 0; input < inputs; input++) {
        dx[row * inputs + input] += gradient * values[output * inputs + input];
        gradients[output * inputs + input] += gradient * x[row * inputs + input];
      }
    }
  }
  return dx;
}

function normalized(x, width) {
  const values = new Float32Array(x.length);
  const scales = new Float32Array(x.length / width);
  for (let row = 0; row < scales.length; row++) {
    let squares = 0;
    for (let column = 0; column < width; column++) squares += x[row * width + column] ** 2;
    scales[row] = 1 / Math.sqrt(squares / width + 1e-5);
    for (let column = 0; column < width; column++) values[row * width + column] = x[row * width + column] * scales[row];
  }
  return { values, scales };
}

function normalizedBackward({ values, scales }, dy, width) {
  const dx = new Float32Array(dy.length);
  for (let row = 0; row < scales.length; row++) {
    let inner = 0;
    for (let column = 0; column < width; column++) inner += values[row * width + column] * dy[row * width + column];
    for (let column = 0; column < width; column++) {
      const index = row * width + column;
      dx[index] = scales[row] * (dy[index] - values[index] * inner / width);
    }
  }
  return dx;
}

// Replaces scores by the gradients of the loss, divided by `count`; returns the loss.
function softmaxLoss(scores, target, count) {
  let largest = -Infinity;
  for (const score of scores) if (score > largest) largest = score;
  let total = 0;
  for (let index = 0; index < scores.length; index++) total += scores[index] = Math.exp(scores[index] - largest);
  const loss = -Math.log(scores[target] / total);
  for (let index = 0; index < scores.length; index++) scores[index] /= total * count;
  scores[target] -= 1 / count;
  return loss;
}

function sum(a, b) {
  const result = a.slice();
  add(result, b);
  return result;
}

function add(a, b) {
  for (let index = 0; index < a.length; index++) a[index] += b[index];
}

function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
