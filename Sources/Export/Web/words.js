// One token for each word, number and mark. Spaces are no tokens where they can be predicted.

// How a token stands beside its neighbours: bits that the tool worked out for every token of the vocabulary.
const Shape = {
  before: 1, after: 2, startsWithDigit: 4, endsWithDigit: 8, repeats: 16, emoji: 32, tightBetweenNumbers: 64, gap: 128,
  quotes: 0x7f00, highSingleQuote: 0x2000, closesSingleQuote: 0x8000, word: 3,
};

// Predicts where a person would put a space, from one token to the next; encoding and decoding run it alike.
class Spacing {
  token = -1;
  shape = 0;
  // Whether a space may follow the last token.
  after = false;
  // The kinds of quotation marks that stand open.
  open = 0;
  // Whether the last token is a mark such as `:` right after a number.
  tight = false;

  predictsSpace(token, shape) {
    if (shape === Shape.word || !this.after) return this.after;
    if (shape & Shape.quotes) return !(this.open & shape);
    if (this.tight && shape & Shape.startsWithDigit) return false;
    if (token === this.token && shape & Shape.repeats) return false;
    if (shape & this.shape & Shape.emoji) return false;
    if (shape & Shape.tightBetweenNumbers && this.shape & Shape.endsWithDigit) return false;
    return Boolean(shape & Shape.before);
  }

  // Goes on to `token`; `gap` is "predicted", or what explicit tokens said: "nothing" or "white space".
  advance(token, shape, gap) {
    const touches = gap === "nothing" || gap === "predicted" && !this.predictsSpace(token, shape);
    this.tight = Boolean(shape & Shape.tightBetweenNumbers && this.shape & Shape.endsWithDigit) && touches;
    this.after = Boolean(shape & Shape.after);
    if (shape & Shape.closesSingleQuote) this.open &= ~Shape.highSingleQuote;
    const quote = shape & Shape.quotes;
    if (quote) {
      const opens = gap === "predicted" ? !(this.open & quote) : gap === "white space";
      this.after = !opens;
      this.open = opens ? this.open | quote : this.open & ~quote;
    }
    [this.token, this.shape] = [token, shape];
  }
}

class WordTokenizer extends Tokenizer {
  constructor(description) {
    super(description);
    this.shapes = description.shapes;
    this.cuttingSample = description.cuttingSample;
    this.unknown = this.settings.unknown === "none" ? undefined : Number(this.settings.unknown);
    if (this.unknown !== undefined) this.unsampled.add(this.unknown);
    this.keep = this.settings.keep ? this.keepPattern() : undefined;
    this.segmenter = Intl.Segmenter && new Intl.Segmenter(this.locale, { granularity: "word" });
    if (!this.segmenter) {
      this.notes.push("This browser cannot find words; text is cut into the longest words that the model knows.");
    } else if (this.settings.fingerprint && this.fingerprint() !== this.settings.fingerprint) {
      this.notes.push(`This browser cuts some texts otherwise than the rules that the model was trained with (ICU ${
        this.settings.icu}).`);
    }
  }

  get locale() {
    const locale = this.settings.locale.replace(/_/g, "-");
    try {
      return Intl.getCanonicalLocales(locale === "root" ? "en" : locale)[0];
    } catch {
      return "en";
    }
  }

  // ICU's expressions are mostly JavaScript's.
  keepPattern() {
    try {
      return new RegExp(this.settings.keep, "gu");
    } catch {
      this.notes.push(`This browser does not understand ${this.settings.keep}, which the model's text keeps in one piece.`);
    }
  }

  normalized(text) {
    const normal = super.normalized(text);
    return this.settings.lowercase === "true" ? super.normalized(normal.toLocaleLowerCase(this.locale)) : normal;
  }

  encode(text) {
    this.divided = [];
    const normal = this.normalized(text);
    const tokens = [];
    const spacing = new Spacing();
    let gapStart = 0;
    for (const { piece, start } of this.pieces(normal)) {
      const gap = normal.slice(gapStart, start);
      this.tokensOf(piece).forEach((token, index) => {
        const here = index === 0 ? gap : "";
        const shape = this.shapes[token];
        if (here === (spacing.predictsSpace(token, shape) ? " " : "")) {
          spacing.advance(token, shape, "predicted");
        } else {
          tokens.push(...this.gapTokens(here, piece));
          spacing.advance(token, shape, here === "" ? "nothing" : "white space");
        }
        tokens.push(token);
      });
      gapStart = start + piece.length;
    }
    if (gapStart < normal.length) tokens.push(...this.gapTokens(normal.slice(gapStart), ""));
    return tokens;
  }

  tokensOf(piece) {
    if (this.unknown === undefined || this.ids.has(toBytes(piece))) return super.tokensOf(piece);
    return [this.unknown];
  }

  // Explicit tokens for a gap that is not as predicted: one for each character, or the empty one.
  gapTokens(gap, next) {
    return (gap === "" ? [""] : [...gap]).map(character => {
      const token = this.ids.get(toBytes(character)) ?? this.unknown;
      if (token !== undefined) return token;
      if (next === "") throw new UnreadableText("The model knows no spaces at the end.");
      const fault = gap === "" ? "no space" : gap === " " ? "a space" : "other white space";
      throw new UnreadableText(`The model has never seen ${fault} before “${next}” here.`);
    });
  }

  // What becomes tokens: segments with more than white space in them, and what is to stay in one piece.
  *pieces(text) {
    let start = 0;
    for (const match of this.keep ? text.matchAll(this.keep) : []) {
      if (isBlank(match[0])) continue;
      yield* this.segments(text, start, match.index);
      yield { piece: match[0], start: match.index };
      start = match.index + match[0].length;
    }
    yield* this.segments(text, start, text.length);
  }

  *segments(text, start, end) {
    const part = text.slice(start, end);
    if (this.segmenter) {
      for (const { segment, index } of this.segmenter.segment(part)) {
        if (!isBlank(segment)) yield { piece: segment, start: start + index };
      }
    } else {
      for (const match of part.matchAll(new RegExp(`[^${WHITE_SPACE}]+`, "g"))) {
        yield { piece: match[0], start: start + match.index };
      }
    }
  }

  // A short sign of how this browser cuts a text that has something of everything, to compare with the tool's.
  fingerprint() {
    const ends = [];
    let end = 0;
    for (const { segment } of this.segmenter.segment(this.cuttingSample)) ends.push(end += toBytes(segment).length);
    return stableHash(new TextEncoder().encode(ends.join(" "))).toString(16).padStart(16, "0");
  }

  decode(tokens) {
    let text = "";
    const spacing = new Spacing();
    let gap = "predicted";
    for (const token of tokens) {
      const shape = this.shapes[token];
      if (shape & Shape.gap) {
        gap = this.tokens[token] === "" && gap !== "white space" ? "nothing" : "white space";
      } else {
        if (gap === "predicted" && spacing.predictsSpace(token, shape)) text += " ";
        spacing.advance(token, shape, gap);
        gap = "predicted";
      }
      text += this.tokens[token];
    }
    return toText(text);
  }
}

// Unicode's white space; JavaScript's \s has U+FEFF besides and lacks U+0085.
const WHITE_SPACE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const isBlank = text => new RegExp(`^[${WHITE_SPACE}]*$`).test(text);
