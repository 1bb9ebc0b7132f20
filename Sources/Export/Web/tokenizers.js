// Tokenizers. A token is a sequence of UTF-8 bytes, stored as a string with one character per byte.

const toBytes = text => Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join("");
const bytesOf = string => Uint8Array.from(string, character => character.charCodeAt(0));
const toText = string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(string));

// A text that cannot be encoded.
class UnreadableText extends Error {}

class Tokenizer {
  constructor({ rule, vocabulary }) {
    this.rule = rule;
    this.tokens = vocabulary.map(token => typeof token === "string" ? toBytes(token) : String.fromCharCode(...token));
    this.ids = new Map(this.tokens.map((token, id) => [token, id]));
    this.longest = this.tokens.reduce((length, token) => Math.max(length, token.length), 1);
    // The token of text outside the vocabulary, if there is one. It is never sampled.
    this.unknown = rule.unknown ?? undefined;
    this.unsampled = new Set(this.unknown === undefined ? [] : [this.unknown]);
    // Notes for the user about how this browser tokenizes text.
    this.notes = [];
    // Words and characters of the last encoded text that are not tokens, and were encoded as several.
    this.divided = [];
  }

  normalized(text) {
    const normal = this.inForm(text);
    return this.rule.lowercases ? this.inForm(normal.toLowerCase()) : normal;
  }

  inForm(text) {
    const form = this.rule.normalForm;
    return form === null ? text : text.normalize(form.toUpperCase());
  }

  decode(tokens) {
    return toText(tokens.map(token => this.tokens[token]).join(""));
  }

  // A token as visible text: escapes for control characters, ␣ for a space, ∅ for the empty token.
  displayText(token) {
    if (this.tokens[token] === "") return "∅";
    return toText(this.tokens[token]).replace(/ /g, "␣").replace(INVISIBLE, escaped);
  }

  // The token of `part`, or the tokens that it can be divided into.
  tokensOf(part) {
    const token = this.ids.get(toBytes(part));
    if (token !== undefined) return [token];
    const tokens = this.longestMatches(part);
    if (!tokens) throw new UnreadableText(`“${part}” is not in the model's vocabulary.`);
    if (this.rule.splitting !== "bytes") this.divided.push(part);
    return tokens;
  }

  // From left to right, the longest token that matches.
  longestMatches(part) {
    const bytes = toBytes(part);
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
  "^[\\u200c\\u200d]|[\\0-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    + "\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]", "gu");

function escaped(character) {
  const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
  return short ?? "\\u{" + character.codePointAt(0).toString(16).toUpperCase() + "}";
}

// One token per grapheme, Unicode scalar or byte.
class CharacterTokenizer extends Tokenizer {
  encode(text) {
    this.divided = [];
    return this.characters(this.normalized(text)).flatMap(character => this.tokensOf(character));
  }

  // If tokens are bytes, these are scalars, whose longest matches are their bytes.
  characters(text) {
    if (this.rule.splitting !== "graphemes" || !Intl.Segmenter) return [...text];
    return Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text), part => part.segment);
  }
}

// Whole tokens of several characters, such as a word and the space before it.
class LongestTokenizer extends Tokenizer {
  encode(text) {
    this.divided = [];
    const tokens = this.longestMatches(this.normalized(text));
    if (!tokens) throw new UnreadableText(`“${text}” has words outside the model's vocabulary.`);
    return tokens;
  }
}

// Byte-pair encoding within each word and the spaces before it. The number of a token is its rank.
class BytePairTokenizer extends Tokenizer {
  encode(text) {
    return BytePairTokenizer.words(toBytes(this.normalized(text))).flatMap(word => {
      if (this.ids.has(word)) return [this.ids.get(word)];
      const symbols = word.match(/[^\x80-\xbf][\x80-\xbf]*|[\x80-\xbf]+/g);
      for (let index; (index = this.earliestMerge(symbols)) !== undefined;) {
        symbols.splice(index, 2, symbols[index] + symbols[index + 1]);
      }
      return symbols.map(symbol => {
        const id = this.ids.get(symbol);
        if (id === undefined) throw new UnreadableText(`“${toText(symbol)}” is not in the model's vocabulary.`);
        return id;
      });
    });
  }

  // The index of the symbol whose merge with the next one has the lowest rank.
  earliestMerge(symbols) {
    let earliest;
    let lowest = Infinity;
    for (let index = 0; index + 1 < symbols.length; index++) {
      const id = this.ids.get(symbols[index] + symbols[index + 1]);
      if (id < lowest) [earliest, lowest] = [index, id];
    }
    return earliest;
  }

  // Words with the white space before them. A word of more than 60 bytes is divided at the end of a character.
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
