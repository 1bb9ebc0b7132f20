// What a page has inside: bytes as dense text, and compressed.

// The bytes of a text that the Swift function `denseText` wrote.
function bytesOf(text) {
  const bytes = new Uint8Array(Math.ceil(text.length * 20 / 8));
  let [count, buffer, bits] = [0, 0, 0];
  const add = (number, width) => {
    buffer |= number << bits;
    for (bits += width; bits >= 8; bits -= 8) {
      bytes[count++] = buffer;
      buffer >>>= 8;
    }
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) add(code - 33 - (code > 60 ? 1 : 0), 7);
    else if (code < 0x3400) add(93 + (code - 0xa1 >> 6) | (code - 0xa1 & 63) << 7, 13);
    else add(122 + (code - 0x3400 >> 13) | (code - 0x3400 & 8191) << 7, code < 0xd400 ? 20 : 17);
  }
  return bytes.subarray(4, 4 + new DataView(bytes.buffer).getUint32(0, true));
}

// The bytes that an element of the page has inside, compressed as `xz --format=lzma` does.
const unpacked = id => new Unpacker(bytesOf(byId(id).textContent)).result();

// Decodes LZMA: a range coder, whose probabilities of bits adapt, codes bytes and copies of earlier bytes.
class Unpacker {
  constructor(packed) {
    const properties = packed[0];
    this.contextBits = properties % 9;
    this.placeBits = [Math.floor(properties / 9) % 5, Math.floor(properties / 45)];
    this.packed = packed;
    // The 13 bytes of the header, and a zero.
    this.position = 14;
    this.range = 0xffffffff;
    this.code = 0;
    for (let byte = 0; byte < 4; byte += 1) this.code = this.code * 256 + this.packed[this.position++];
    this.bytes = new Uint8Array(4 * packed.length);
    this.count = 0;
  }

  normalize() {
    if (this.range >= 0x1000000) return;
    if (this.position === this.packed.length) throw new Error("the page is damaged.");
    this.range *= 256;
    this.code = this.code * 256 + this.packed[this.position++];
  }

  bit(model, index) {
    const bound = (this.range >>> 11) * model[index];
    const bit = this.code < bound ? 0 : 1;
    if (bit === 0) {
      this.range = bound;
      model[index] += (2048 - model[index]) >> 5;
    } else {
      this.range -= bound;
      this.code -= bound;
      model[index] -= model[index] >> 5;
    }
    this.normalize();
    return bit;
  }

  // A number of bits that are as often 0 as 1.
  plain(count) {
    let number = 0;
    for (; count > 0; count -= 1) {
      this.range = Math.floor(this.range / 2);
      const bit = this.code < this.range ? 0 : 1;
      this.code -= bit * this.range;
      number = number * 2 + bit;
      this.normalize();
    }
    return number;
  }

  // A number of `count` bits, the highest first. Each bit has a probability for the bits before it.
  tree(model, start, count) {
    let node = 1;
    for (let index = 0; index < count; index += 1) node = node << 1 | this.bit(model, start + node);
    return node - (1 << count);
  }

  // The same, the lowest bit first.
  reverseTree(model, start, count) {
    let [node, number] = [1, 0];
    for (let index = 0; index < count; index += 1) {
      const bit = this.bit(model, start + node);
      node = node << 1 | bit;
      number |= bit << index;
    }
    return number;
  }

  append(byte) {
    if (this.count === this.bytes.length) {
      const longer = new Uint8Array(2 * this.count);
      longer.set(this.bytes);
      this.bytes = longer;
    }
    this.bytes[this.count++] = byte;
  }

  // A byte, in the context of the one before it and, after a copy, of the one that would have been copied next.
  literal(model, distance) {
    const before = this.count > 0 ? this.bytes[this.count - 1] : 0;
    const place = this.count & ((1 << this.placeBits[0]) - 1);
    const start = 0x300 * ((place << this.contextBits) + (before >> (8 - this.contextBits)));
    let node = 1;
    if (distance !== undefined) {
      const expected = this.bytes[this.count - distance];
      for (let shift = 7; shift >= 0 && node < 0x100; shift -= 1) {
        const likely = expected >> shift & 1;
        const bit = this.bit(model, start + (1 + likely << 8) + node);
        node = node << 1 | bit;
        if (bit !== likely) break;
      }
    }
    while (node < 0x100) node = node << 1 | this.bit(model, start + node);
    this.append(node & 0xff);
  }

  // The length of a copy.
  length(model, place) {
    if (this.bit(model, 0) === 0) return 2 + this.tree(model, 2 + 8 * place, 3);
    if (this.bit(model, 1) === 0) return 10 + this.tree(model, 130 + 8 * place, 3);
    return 18 + this.tree(model, 258, 8);
  }

  // The distance of a copy of this length; 0 at the end.
  distance(slots, middle, low, length) {
    const slot = this.tree(slots, 64 * Math.min(length - 2, 3), 6);
    if (slot < 4) return slot + 1;
    const bits = (slot >> 1) - 1;
    const start = (2 | slot & 1) * 2 ** bits;
    if (slot < 14) return start + this.reverseTree(middle, start - slot, bits) + 1;
    const distance = start + this.plain(bits - 4) * 16 + this.reverseTree(low, 0, 4) + 1;
    return distance > 0xffffffff ? 0 : distance;
  }

  result() {
    const model = count => new Uint16Array(count).fill(1024);
    const literals = model(0x300 << this.contextBits + this.placeBits[0]);
    const [isCopy, isLong, isRepeated, isEarlier, isThird, isFourth] = [192, 192, 12, 12, 12, 12].map(model);
    const [lengths, repeatedLengths, slots, middle, low] = [514, 514, 256, 128, 16].map(model);
    let distances = [1, 1, 1, 1];
    let state = 0;
    for (;;) {
      const place = this.count & ((1 << this.placeBits[1]) - 1);
      if (this.bit(isCopy, 16 * state + place) === 0) {
        this.literal(literals, state < 7 ? undefined : distances[0]);
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        continue;
      }
      let length;
      if (this.bit(isRepeated, state) === 0) {
        length = this.length(lengths, place);
        distances = [this.distance(slots, middle, low, length), ...distances.slice(0, 3)];
        if (distances[0] === 0) return this.bytes.subarray(0, this.count);
        state = state < 7 ? 7 : 10;
      } else {
        const rank = this.bit(isEarlier, state) && 1 + (this.bit(isThird, state) && 1 + this.bit(isFourth, state));
        if (rank === 0 && this.bit(isLong, 16 * state + place) === 0) {
          length = 1;
          state = state < 7 ? 9 : 11;
        } else {
          distances.unshift(...distances.splice(rank, 1));
          length = this.length(repeatedLengths, place);
          state = state < 7 ? 8 : 11;
        }
      }
      for (; length > 0; length -= 1) this.append(this.bytes[this.count - distances[0]]);
    }
  }
}
