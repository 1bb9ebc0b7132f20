// From text to tokens and back. Tokens are bytes of UTF-8, kept here as strings with one character for each byte.

const toBytes = text => Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join("");
const bytesOf = string => Uint8Array.from(string, character => character.charCodeAt(0));
const toText = string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(string));

// A text that has something in it which the model does not know.
class UnreadableText extends Error {}

class Tokenizer {
  constructor({ settings, vocabulary }) {
    this.settings = settings;
    this.tokens = vocabulary.map(token => typeof token === "string" ? toBytes(token) : String.fromCharCode(...token));
    this.ids = new Map(this.tokens.map((token, id) => [token, id]));
    this.longest = this.tokens.reduce((length, token) => Math.max(length, token.length), 1);
    // Tokens that stand for something else than their text.
    this.unsampled = new Set();
    // What a person should know of how this browser reads text.
    this.notes = [];
    // Pieces of the text read last that are no tokens, and were read as several.
    this.divided = [];
  }

  normalized(text) {
    const form = this.settings.normalize;
    return form === "none" ? text : text.normalize(form.toUpperCase());
  }

  decode(tokens) {
    return toText(tokens.map(token => this.tokens[token]).join(""));
  }

  // A token with its invisible characters as escapes, a space as ␣, the empty token as ∅.
  shown(token) {
    if (this.tokens[token] === "") return "∅";
    return toText(this.tokens[token]).replace(/ /g, "␣").replace(INVISIBLE, escaped);
  }

  // The token of a piece; where it has none, the tokens of its parts.
  tokensOf(piece) {
    const token = this.ids.get(toBytes(piece));
    if (token !== undefined) return [token];
    const tokens = this.longestMatches(piece);
    if (!tokens) throw new UnreadableText(`“${piece}” is not in the model's vocabulary.`);
    if (this.settings.unit !== "byte") this.divided.push(piece);
    return tokens;
  }

  // At each place the longest token that fits.
  longestMatches(piece) {
    const bytes = toBytes(piece);
    const tokens = [];
    for (let start = 0; start < bytes.length;) {
      let length = Math.min(this.longest, bytes.length - start);
      while (length > 0 && !this.ids.has(bytes.substr(start, length))) length -= 1;
      if (length === 0) return undefined;
      tokens.push(this.ids.get(bytes.substr(start, length)));
      start += length;
    }
    return tokens;
  }
}

// The table of VisibleText.swift: invisible and unsafe characters, and joiners that follow nothing.
const INVISIBLE = new RegExp(
  "^[\\u200c\\u200d]|[\\0-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff" +
    "\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]", "gu");

function escaped(character) {
  const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
  return short ?? "\\u{" + character.codePointAt(0).toString(16).toUpperCase() + "}";
}

// One token for each character: what a reader sees as one, a Unicode scalar, or a byte.
class CharacterTokenizer extends Tokenizer {
  encode(text) {
    this.divided = [];
    const normal = this.normalized(text);
    return this.pieces(normal).flatMap(piece => this.tokensOf(piece));
  }

  // The longest match of a scalar where tokens are bytes is its bytes.
  pieces(text) {
    if (this.settings.unit !== "grapheme" || !Intl.Segmenter) return [...text];
    return Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text), part => part.segment);
  }
}

// Byte pairs: within each word and the spaces before it, the two neighbours that make the earliest learnt token are joined, again and
// again.
class BytePairTokenizer extends Tokenizer {
  encode(text) {
    return BytePairTokenizer.words(toBytes(this.normalized(text))).flatMap(word => {
      if (this.ids.has(word)) return [this.ids.get(word)];
      const pieces = word.match(/[^\x80-\xbf][\x80-\xbf]*|[\x80-\xbf]+/g);
      for (let place; (place = this.earliestJoin(pieces)) !== undefined;) {
        pieces.splice(place, 2, pieces[place] + pieces[place + 1]);
      }
      return pieces.map(piece => {
        const id = this.ids.get(piece);
        if (id === undefined) throw new UnreadableText(`“${toText(piece)}” is not in the model's vocabulary.`);
        return id;
      });
    });
  }

  // Which piece makes, with the next, the earliest learnt token.
  earliestJoin(pieces) {
    let earliest;
    let lowest = Infinity;
    for (let place = 0; place + 1 < pieces.length; place++) {
      const id = this.ids.get(pieces[place] + pieces[place + 1]);
      if (id < lowest) [earliest, lowest] = [place, id];
    }
    return earliest;
  }

  // Words with the spaces before them; those of more than 60 bytes in parts that end with a character.
  static words(bytes) {
    const isSpace = index => /[\t-\r ]/.test(bytes[index]);
    const isContinuation = index => bytes[index] >= "\x80" && bytes[index] < "\xc0";
    const words = [];
    let start = 0;
    for (let end = 1; end <= bytes.length; end++) {
      const isEnd = end === bytes.length || isSpace(end) && !isSpace(end - 1)
        || end - start >= 60 && (!isContinuation(end) || end - start === 63);
      if (isEnd) {
        words.push(bytes.slice(start, end));
        start = end;
      }
    }
    return words;
  }
}
