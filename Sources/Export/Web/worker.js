// The worker: runs the module, and gives it what it needs of the browser.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let page;

const view = () => new DataView(page.memory.buffer);
const bytesAt = (start, count) => new Uint8Array(page.memory.buffer, start, count);
const textAt = (start, count) => decoder.decode(bytesAt(start, count).slice());

function stringAt(start) {
  const bytes = new Uint8Array(page.memory.buffer);
  return textAt(start, bytes.indexOf(0, start) - start);
}

function write(text, output, capacity) {
  const bytes = encoder.encode(text);
  if (bytes.length <= capacity) bytesAt(output, bytes.length).set(bytes);
  return bytes.length;
}

const succeed = error => view().setInt32(error, 0, true);
const fail = error => view().setInt32(error, 1, true);

// Objects that the module knows by numbers.
const objects = new Map();
let lastNumber = 0;
function keep(object) {
  lastNumber += 1;
  objects.set(lastNumber, object);
  return lastNumber;
}

function localeName(name) {
  try {
    return Intl.getCanonicalLocales(name === "root" ? "en" : name.replace(/_/g, "-"))[0];
  } catch {
    return "en";
  }
}

// The offset in UTF-8 of each of some ascending offsets in a string.
function* utf8Offsets(text, offsets) {
  let [index, bytes] = [0, 0];
  for (const offset of offsets) {
    for (; index < offset; index += 1) {
      const unit = text.charCodeAt(index);
      // Both halves of a surrogate pair count two bytes.
      bytes += unit < 0x80 ? 1 : unit < 0x800 || unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
    }
    yield bytes;
  }
}

// The functions of CICU.h, by the browser's own ICU.
const unicode = {
  cicu_has_boundary_before(form, scalar, error) {
    succeed(error);
    return !/[\p{M}\u1161-\u1175\u11a8-\u11c2]/u.test(String.fromCodePoint(scalar));
  },
  cicu_normalize(form, start, count, output, capacity, error) {
    succeed(error);
    const text = textAt(start, count);
    const normal = text.normalize(form === 0 ? "NFC" : "NFKC");
    return normal === text ? -1 : write(normal, output, capacity);
  },
  cicu_lowercase(locale, start, count, output, capacity, error) {
    succeed(error);
    return write(textAt(start, count).toLocaleLowerCase(localeName(stringAt(locale))), output, capacity);
  },
  cicu_knows_locale(locale) {
    const name = stringAt(locale);
    return name === "root" || Intl.Segmenter.supportedLocalesOf([localeName(name)]).length > 0;
  },
  cicu_breaker_open(locale, error) {
    succeed(error);
    return keep({ segmenter: new Intl.Segmenter(localeName(stringAt(locale)), { granularity: "word" }) });
  },
  cicu_breaker_clone(number, error) {
    succeed(error);
    return keep({ segmenter: objects.get(number).segmenter });
  },
  cicu_breaker_close(number) { objects.delete(number); },
  cicu_breaker_set_text(number, start, count, error) {
    succeed(error);
    const breaker = objects.get(number);
    const text = textAt(start, count);
    const ends = function* () {
      for (const { segment, index } of breaker.segmenter.segment(text)) yield index + segment.length;
    };
    breaker.ends = utf8Offsets(text, ends());
  },
  cicu_breaker_next(number, ends, capacity) {
    const { ends: offsets } = objects.get(number);
    let count = 0;
    while (count < capacity) {
      const { done, value } = offsets.next();
      if (done) break;
      view().setInt32(ends + 4 * count, value, true);
      count += 1;
    }
    return count;
  },
  cicu_pattern_open(start, count, error) {
    try {
      const pattern = new RegExp(textAt(start, count), "gu");
      succeed(error);
      return keep({ pattern });
    } catch {
      fail(error);
      return 0;
    }
  },
  cicu_pattern_clone(number, error) {
    succeed(error);
    return keep({ pattern: objects.get(number).pattern });
  },
  cicu_pattern_close(number) { objects.delete(number); },
  cicu_pattern_set_text(number, start, count, error) {
    succeed(error);
    const object = objects.get(number);
    const text = textAt(start, count);
    const ends = [...text.matchAll(object.pattern)].flatMap(({ 0: match, index }) => [index, index + match.length]);
    object.offsets = utf8Offsets(text, ends);
  },
  cicu_pattern_next(number, start, end, error) {
    succeed(error);
    const { offsets } = objects.get(number);
    const { done, value } = offsets.next();
    if (done) return false;
    view().setInt32(start, value, true);
    view().setInt32(end, offsets.next().value, true);
    return true;
  },
  arc4random_buf(start, count) {
    for (let first = 0; first < count; first += 65536) {
      crypto.getRandomValues(bytesAt(start + first, Math.min(65536, count - first)));
    }
  },
};

// The functions of browser.h.
const browser = {
  now: () => performance.now(),
  number: (start, count) => Number(textAt(start, count) || NaN),
};

// The bytes of a request to read, continue or generate a text: see `WritingRequest`.
function requestBytes({ text, tokens, temperature, topK, topP, most, seed, count }) {
  if (!/^[0-9]{1,18}$/.test(seed ?? 42)) throw new Error("The seed must be a number of at most 18 digits.");
  const rest = text === undefined ? new Uint8Array(Int32Array.from(tokens).buffer) : encoder.encode(text);
  const bytes = new Uint8Array(40 + rest.length);
  const head = new DataView(bytes.buffer);
  head.setFloat64(0, temperature, true);
  head.setFloat64(8, topP ?? NaN, true);
  head.setBigUint64(16, BigInt(seed ?? 42), true);
  [topK ?? -1, most ?? -1, count ?? 1, text === undefined ? 0 : 1].forEach(
    (number, index) => head.setInt32(24 + 4 * index, number, true));
  bytes.set(rest, 40);
  return bytes;
}

// Calls a function of the module with numbers, and with texts, bytes and JSON in its memory; returns the bytes of its
// result.
function call(name, ...values) {
  const blocks = [];
  const numbers = values.flatMap(value => {
    if (typeof value === "number") return [value];
    const bytes = value instanceof Uint8Array ? value
      : encoder.encode(typeof value === "string" ? value : JSON.stringify(value));
    const start = page.page_allocate(bytes.length);
    bytesAt(start, bytes.length).set(bytes);
    blocks.push(start);
    return [start, bytes.length];
  });
  const succeeds = page[`page_${name}`](...numbers);
  for (const start of blocks) page.page_free(start);
  const result = bytesAt(page.page_result(), page.page_result_count()).slice();
  if (!succeeds) throw new Error(decoder.decode(result));
  return result;
}

const takesRequest = new Set(["read", "extend", "sample"]);
// The functions whose results are bytes; those of all others are JSON.
const givesBytes = new Set(["save", "wrap", "attention", "embeddings"]);

async function answer({ number, task, values }) {
  try {
    if (task === "start") {
      page = (await WebAssembly.instantiate(values[0], { env: unicode, browser })).instance.exports;
      return;
    }
    const bytes = call(task, ...(takesRequest.has(task) ? values.map(requestBytes) : values));
    postMessage({ number, result: givesBytes.has(task) ? bytes : JSON.parse(decoder.decode(bytes)) });
  } catch (error) {
    // A trap leaves the module unusable.
    const isBroken = error instanceof WebAssembly.RuntimeError;
    const problem = isBroken ? "The engine stopped: this is more than the memory of a page holds. Use a smaller text."
      : error.message;
    postMessage({ number, problem, isBroken });
  }
}

// One task after the other.
let last = Promise.resolve();
onmessage = ({ data }) => { last = last.then(() => answer(data)); };
