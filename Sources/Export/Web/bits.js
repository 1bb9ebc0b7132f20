// What needs 64 bits: the tool's random numbers and its hash of texts, the same numbers here.

const LOW = (1n << 64n) - 1n;

// SplitMix64: every number is a function of a seed, a stream and a place in it.
class RandomSource {
  constructor(seed, stream) {
    this.state = mix(seed + 0x9e3779b97f4a7c15n & LOW) ^ mix(mix(stream) + 0xd1b54a32d192ed03n & LOW);
  }

  // From 0 to below 1, in steps of 2⁻²⁴.
  uniform() {
    this.state = this.state + 0x9e3779b97f4a7c15n & LOW;
    return Number(mix(this.state) >> 40n) / 2 ** 24;
  }
}

function mix(value) {
  value = (value ^ value >> 30n) * 0xbf58476d1ce4e5b9n & LOW;
  value = (value ^ value >> 27n) * 0x94d049bb133111ebn & LOW;
  return value ^ value >> 31n;
}

// The hash by which a model file knows the texts that it was trained on.
function stableHash(bytes) {
  let state = fold(0x9e3779b97f4a7c15n, 0xd1b54a32d192ed03n);
  const add = word => { state = fold(state ^ word, 0x9e6c63d0876a3f6bn); };
  const whole = bytes.length & ~7;
  for (let start = 0; start < whole; start += 8) add(word(bytes, start, start + 8));
  add(word(bytes, whole, bytes.length) ^ (BigInt(bytes.length) << 56n & LOW));
  return fold(state ^ BigInt(bytes.length), 0xe7037ed1a0b428dbn);
}

// Little-endian.
function word(bytes, start, end) {
  let value = 0n;
  for (let index = end - 1; index >= start; index--) value = value << 8n | BigInt(bytes[index]);
  return value;
}

// The two halves of a product, laid over each other.
function fold(one, other) {
  const product = (one ^ 0xa0761d6478bd642fn) * other;
  return product >> 64n ^ product & LOW;
}

// The texts that the model was trained on, by the upper halves of their hashes, ascending.
class KnownTexts {
  // `gaps` holds the distance from each to the next: so many ones, a zero, and `bits` bits more.
  constructor(count, bits, gaps) {
    let place = 0;
    const nextBit = () => gaps[place >> 3] >> (7 - (place++ & 7)) & 1;
    this.halves = new Float64Array(count);
    let last = 0;
    for (let index = 0; index < count; index++) {
      let gap = 0;
      while (nextBit()) gap += 1;
      for (let bit = 0; bit < bits; bit++) gap = 2 * gap + nextBit();
      this.halves[index] = last += gap;
    }
  }

  has(text) {
    const half = Number(stableHash(new TextEncoder().encode(text)) >> 32n);
    let [low, high] = [0, this.halves.length];
    while (low < high) {
      const middle = low + high >> 1;
      if (this.halves[middle] < half) low = middle + 1; else high = middle;
    }
    return this.halves[low] === half;
  }
}
