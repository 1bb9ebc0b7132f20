// The tool's 64-bit random numbers and text hashes.

const LOW_64_BITS = (1n << 64n) - 1n;

// SplitMix64: each number is a function of the seed, the stream and its index in the stream.
class RandomSource {
  constructor(seed, stream) {
    this.state = mix(seed + 0x9e3779b97f4a7c15n & LOW_64_BITS) ^ mix(mix(stream) + 0xd1b54a32d192ed03n & LOW_64_BITS);
  }

  // A multiple of 2⁻²⁴ in [0, 1).
  uniform() {
    this.state = this.state + 0x9e3779b97f4a7c15n & LOW_64_BITS;
    return Number(mix(this.state) >> 40n) / 2 ** 24;
  }
}

function mix(value) {
  value = (value ^ value >> 30n) * 0xbf58476d1ce4e5b9n & LOW_64_BITS;
  value = (value ^ value >> 27n) * 0x94d049bb133111ebn & LOW_64_BITS;
  return value ^ value >> 31n;
}

// The hash that model files use, for the fingerprints of training texts and of word rules.
class StableHash {
  state = fold(0x9e3779b97f4a7c15n, 0xd1b54a32d192ed03n);
  length = 0n;

  combine(word) {
    this.state = fold(this.state ^ word, 0x9e6c63d0876a3f6bn);
  }

  combineBytes(bytes) {
    const whole = bytes.length & ~7;
    for (let start = 0; start < whole; start += 8) this.combine(littleEndian(bytes, start, start + 8));
    this.combine(littleEndian(bytes, whole, bytes.length) ^ (BigInt(bytes.length) << 56n & LOW_64_BITS));
    this.length += BigInt(bytes.length);
  }

  get value() { return fold(this.state ^ this.length, 0xe7037ed1a0b428dbn); }
}

function littleEndian(bytes, start, end) {
  let value = 0n;
  for (let index = end - 1; index >= start; index--) value = value << 8n | BigInt(bytes[index]);
  return value;
}

// The exclusive or of the two halves of a 128-bit product.
function fold(one, other) {
  const product = (one ^ 0xa0761d6478bd642fn) * other;
  return product >> 64n ^ product & LOW_64_BITS;
}

// The training texts, as the upper halves of their hashes in ascending order.
class KnownTexts {
  // `gaps` has the differences of successive hashes in Rice code: the quotient as ones and a zero, then a remainder of
  // `bits` bits.
  constructor(count, bits, gaps) {
    let position = 0;
    const nextBit = () => gaps[position >> 3] >> (7 - (position++ & 7)) & 1;
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
    const hash = new StableHash();
    hash.combineBytes(new TextEncoder().encode(text));
    const half = Number(hash.value >> 32n);
    let [low, high] = [0, this.halves.length];
    while (low < high) {
      const middle = low + high >> 1;
      if (this.halves[middle] < half) low = middle + 1; else high = middle;
    }
    return this.halves[low] === half;
  }
}
