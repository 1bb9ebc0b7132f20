// One token per word, number and punctuation mark. Spaces that can be predicted have no tokens.

// The properties of a token that predict the spaces around it, as bits that the tool has computed for each token.
const Shape = {
  before: 1, after: 2, startsWithDigit: 4, endsWithDigit: 8, repeats: 16, emoji: 32, tightBetweenNumbers: 64, gap: 128,
  quotes: 0x7f00, highSingleQuote: 0x2000, closesSingleQuote: 0x8000, word: 3,
};

// The rule that predicts spaces, from one word to the next. Encoder and decoder both run it.
class Spacing {
  token = -1;
  shape = 0;
  // Is true if a space may follow the last token.
  after = false;
  // The kinds of quotation marks that are open.
  open = 0;
  // Is true if the last token is a mark such as `:` right after a number.
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

  // Advances to `token`. The gap before it is "predicted", or given by explicit tokens: "nothing" or "white space".
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
    const { rule } = this;
    this.keep = rule.keep ? this.keepPattern() : undefined;
    this.segmenter = Intl.Segmenter && new Intl.Segmenter(this.locale, { granularity: "word" });
    if (!this.segmenter) {
      this.notes.push("This browser cannot find words; text is split into the longest words in the vocabulary.");
    } else if (rule.fingerprint && this.fingerprint() !== rule.fingerprint) {
      this.notes.push(`This browser splits some text differently from the rules of training (ICU ${rule.icuVersion}).`);
    }
  }

  get locale() {
    const locale = this.rule.locale.replace(/_/g, "-");
    try {
      return Intl.getCanonicalLocales(locale === "root" ? "en" : locale)[0];
    } catch {
      return "en";
    }
  }

  // Most of ICU's regular expressions mean the same in JavaScript.
  keepPattern() {
    try {
      return new RegExp(this.rule.keep, "gu");
    } catch {
      this.notes.push(`This browser does not support the model's pattern for unsplit text, ${this.rule.keep}.`);
    }
  }

  normalized(text) {
    const normal = this.inForm(text);
    return this.rule.lowercases ? this.inForm(normal.toLocaleLowerCase(this.locale)) : normal;
  }

  encode(text) {
    this.divided = [];
    const normal = this.normalized(text);
    const tokens = [];
    const spacing = new Spacing();
    let gapStart = 0;
    for (const { word, start } of this.words(normal)) {
      const gapBefore = normal.slice(gapStart, start);
      this.tokensOf(word).forEach((token, index) => {
        const gap = index === 0 ? gapBefore : "";
        const shape = this.rule.shapes[token];
        if (gap === (spacing.predictsSpace(token, shape) ? " " : "")) {
          spacing.advance(token, shape, "predicted");
        } else {
          tokens.push(...this.gapTokens(gap, word));
          spacing.advance(token, shape, gap === "" ? "nothing" : "white space");
        }
        tokens.push(token);
      });
      gapStart = start + word.length;
    }
    if (gapStart < normal.length) tokens.push(...this.gapTokens(normal.slice(gapStart), ""));
    return tokens;
  }

  tokensOf(word) {
    if (this.unknown === undefined || this.ids.has(toBytes(word))) return super.tokensOf(word);
    return [this.unknown];
  }

  // The tokens of a gap that differs from the prediction: one for each character, or the empty token.
  gapTokens(gap, next) {
    return (gap === "" ? [""] : [...gap]).map(character => {
      const token = this.ids.get(toBytes(character)) ?? this.unknown;
      if (token !== undefined) return token;
      if (next === "") throw new UnreadableText("The model's vocabulary has no white space for the end of a text.");
      const name = gap === "" ? "a missing space" : gap === " " ? "a space" : "other white space";
      throw new UnreadableText(`The model's vocabulary has no token for ${name} before “${next}”.`);
    });
  }

  // Segments that are more than white space, and the matches of the pattern that is not split.
  *words(text) {
    let start = 0;
    for (const match of this.keep ? text.matchAll(this.keep) : []) {
      if (isBlank(match[0])) continue;
      yield* this.segments(text, start, match.index);
      yield { word: match[0], start: match.index };
      start = match.index + match[0].length;
    }
    yield* this.segments(text, start, text.length);
  }

  *segments(text, start, end) {
    const part = text.slice(start, end);
    if (this.segmenter) {
      for (const { segment, index } of this.segmenter.segment(part)) {
        if (!isBlank(segment)) yield { word: segment, start: start + index };
      }
    } else {
      for (const match of part.matchAll(new RegExp(`[^${WHITE_SPACE}]+`, "g"))) {
        yield { word: match[0], start: start + match.index };
      }
    }
  }

  // The hash of the places at which this browser splits the sample text, to compare with that of training.
  fingerprint() {
    const hash = new StableHash();
    let end = 0;
    for (const { segment } of this.segmenter.segment(this.rule.sample)) {
      end += toBytes(segment).length;
      hash.combine(BigInt(end));
    }
    return hash.value.toString(16).padStart(16, "0");
  }

  decode(tokens) {
    let text = "";
    const spacing = new Spacing();
    let gap = "predicted";
    for (const token of tokens) {
      const shape = this.rule.shapes[token];
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

// Unicode's white space. JavaScript's \s differs: it has U+FEFF and lacks U+0085.
const WHITE_SPACE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const isBlank = text => new RegExp(`^[${WHITE_SPACE}]*$`).test(text);
