// The page: shows what the engine does in the worker, and passes on what a person does.

const byId = id => document.getElementById(id);
const grouped = number => number.toLocaleString("en-US");
const element = (name, properties, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

async function unpacked(id) {
  const packed = Uint8Array.from(atob(byId(id).textContent), character => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The engine in its worker: each task is a message, and its answer another one.
class Engine {
  constructor(module) {
    this.waiting = new Map();
    this.last = 0;
    this.module = module;
    this.start();
  }

  start() {
    const source = URL.createObjectURL(new Blob([byId("worker").textContent], { type: "text/javascript" }));
    this.worker = new Worker(source);
    this.worker.onmessage = ({ data: { number, result, problem, isBroken } }) => {
      const { resolve, reject } = this.waiting.get(number);
      this.waiting.delete(number);
      if (isBroken) {
        this.worker.terminate();
        this.start();
      }
      if (problem === undefined) resolve(result);
      else reject(new Error(problem));
    };
    this.do("start", this.module.slice());
  }

  do(task, ...values) {
    this.last += 1;
    const number = this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.worker.postMessage({ number, task, values });
    });
  }
}

// The losses of a run, drawn as means over equal parts of it.
class Curve {
  constructor(steps) {
    this.steps = steps;
    this.sums = new Float64Array(Math.min(steps, 200));
    this.counts = new Float64Array(this.sums.length);
    this.scores = [];
  }

  add(firstStep, losses, scores) {
    losses.forEach((loss, index) => {
      const part = Math.floor((firstStep + index) / this.steps * this.sums.length);
      this.sums[part] += loss;
      this.counts[part] += 1;
    });
    this.scores.push(...scores);
  }

  draw(canvas) {
    const scale = devicePixelRatio;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    [canvas.width, canvas.height] = [width * scale, height * scale];
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    const means = [...this.sums].map((sum, part) => [(part + 0.5) / this.sums.length, sum / this.counts[part]])
      .filter(([, loss]) => Number.isFinite(loss));
    const held = this.scores.map(({ step, loss }) => [step / this.steps, loss]);
    const all = [...means, ...held].map(([, loss]) => loss);
    if (all.length === 0) return;
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const y = loss => 8 + (height - 16) * (high - loss) / (high - low || 1);
    const style = getComputedStyle(document.documentElement);
    const line = (points, color) => {
      context.strokeStyle = style.getPropertyValue(color);
      context.lineWidth = 2;
      context.beginPath();
      for (const [x, loss] of points) context.lineTo(44 + (width - 48) * x, y(loss));
      context.stroke();
    };
    line(means, "--accent");
    line(held, "--other");
    context.fillStyle = style.getPropertyValue("--quiet");
    context.font = "13px system-ui";
    context.fillText(high.toFixed(2), 0, 16);
    context.fillText(low.toFixed(2), 0, height - 6);
  }
}

// The text to train on: what is in the text area, or the bytes of a file.
const corpus = {
  file: undefined,
  get bytes() { return this.file?.bytes ?? new TextEncoder().encode(byId("text").value); },
  get name() { return this.file?.name ?? "The text"; },

  async take(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    this.file = { name: file.name, bytes: file.name.endsWith(".gz") ? await inflated(bytes) : bytes };
    // A text area with megabytes of text is slow; the start is enough to see what it is.
    byId("text").value = new TextDecoder().decode(this.file.bytes.slice(0, 20000));
    byId("file-note").textContent = `${file.name}, ${grouped(this.file.bytes.length)} bytes. Change the text above to use `
      + "that instead.";
  },

  async takeExample(name) {
    this.edited();
    byId("text").value = new TextDecoder().decode(await unpacked(`example-${name}`)).trimEnd();
    byId("tokenizer").value = name === "names" ? "character" : "word";
  },

  edited() {
    this.file = undefined;
    byId("file-note").textContent = "";
  },
};

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const run = { isPaused: false, isStopped: false, isRunning: false, losses: [], seconds: 0 };

function showRunning(isRunning) {
  run.isRunning = isRunning;
  byId("train").disabled = byId("open").disabled = isRunning;
  byId("pause").disabled = byId("stop").disabled = !isRunning;
  byId("pause").textContent = "Pause";
}

async function train(engine) {
  Object.assign(run, { isPaused: false, isStopped: false, losses: [], seconds: 0 });
  for (const id of ["problem", "facts", "status", "model-problem", "open-problem"]) byId(id).textContent = "";
  for (const id of ["early", "samples", "chips"]) byId(id).replaceChildren();
  byId("model").hidden = byId("curve").hidden = byId("progress").hidden = true;
  byId("save").disabled = true;
  showRunning(true);
  try {
    byId("status").textContent = byId("recipe").value ? "Reading the text." : "Measuring the speed of this device.";
    const facts = await engine.do("prepare", corpus.bytes, {
      name: corpus.name, tokenizer: byId("tokenizer").value, preset: byId("recipe").value || null,
      seconds: byId("seconds").valueAsNumber, seed: Number(byId("seed").value),
    });
    byId("facts").textContent = `${grouped(facts.documents)} documents, ${grouped(facts.tokens)} tokens. `
      + `${facts.layers} × ${facts.embedding} wide, context ${facts.context}, vocabulary ${grouped(facts.vocabulary)}: `
      + `${grouped(facts.parameters)} parameters. ${facts.notes.join(" ")}`;
    byId("curve").hidden = byId("progress").hidden = false;
    await advance(engine, facts);
    await showModel(engine);
  } catch (error) {
    byId("problem").textContent = error.message;
    byId("status").textContent = "";
    byId("progress").hidden = true;
  }
  showRunning(false);
}

async function advance(engine, { steps }) {
  const curve = new Curve(steps);
  let lastSamples = performance.now();
  while (!run.isStopped) {
    if (run.isPaused) {
      await new Promise(done => { run.resume = done; });
      continue;
    }
    const progress = await engine.do("train", 50);
    curve.add(run.losses.length, progress.losses, progress.scores);
    run.losses.push(...progress.losses);
    run.seconds += progress.seconds;
    showProgress(progress);
    curve.draw(byId("curve"));
    if (progress.isFinished) break;
    if (performance.now() - lastSamples > 1000) {
      const samples = await engine.do("sample", { prompt: "", count: 6, temperature: 0.8, seed: progress.step });
      byId("early").replaceChildren(...samples.map(item));
      lastSamples = performance.now();
    }
  }
  byId("early").replaceChildren();
}

function showProgress({ step, steps, mean, heldOut, tokens, seconds, isFinished }) {
  byId("progress").value = step / steps;
  const left = Math.ceil((steps - step) * run.seconds / step);
  byId("status").textContent = [
    `Step ${grouped(step)} of ${grouped(steps)}`, mean === null ? "" : `loss ${mean.toFixed(3)}`,
    heldOut === null ? "" : `held out ${heldOut}`, `${grouped(Math.round(tokens / seconds))} tokens per second`,
    isFinished ? `${run.seconds.toFixed(2)} seconds` : `${left} s left`,
  ].filter(Boolean).join(" · ");
}

const item = ({ text, isNew, isComplete }) => element(
  "li", { dir: "auto" }, text,
  ...isNew ? [] : [element("span", { className: "tag" }, "in the text")],
  ...isComplete ? [] : [element("span", { className: "tag" }, "cut off")]);

async function showModel(engine) {
  byId("model").hidden = false;
  byId("save").disabled = false;
  await generate(engine);
}

async function generate(engine) {
  const options = {
    prompt: byId("prompt").value, count: 20, temperature: byId("temperature").valueAsNumber,
    seed: Number(byId("seed").value),
  };
  await attempt("model-problem", async () => {
    byId("samples").replaceChildren(...(await engine.do("sample", options)).map(item));
  });
}

async function score(engine) {
  await attempt("model-problem", async () => {
    const { total, tokens } = await engine.do("score", byId("scored").value);
    byId("chips").replaceChildren(...tokens.map(({ text, nats }) => {
      const chip = element("li", {}, element("b", {}, text || "end"), element("small", {}, nats.toFixed(2)));
      chip.style.setProperty("--surprisal", Math.min(1, nats / 8).toFixed(3));
      return chip;
    }));
    byId("score").textContent = `Total: ${total.toFixed(4)} nats, ${(total / tokens.length).toFixed(3)} per token.`;
  });
}

async function save(engine) {
  await attempt("open-problem", async () => {
    const file = new Blob([await engine.do("save")], { type: "application/octet-stream" });
    const name = (corpus.file?.name ?? "model").replace(/\.[^.]*$/, "");
    const link = element("a", { href: URL.createObjectURL(file), download: `${name}.safetensors` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
}

async function open(engine, file) {
  await attempt("open-problem", async () => {
    const facts = await engine.do("open", new Uint8Array(await file.arrayBuffer()), file.name);
    byId("facts").textContent = `${file.name}: ${grouped(facts.parameters)} parameters, vocabulary ${
      grouped(facts.vocabulary)}.`;
    byId("status").textContent = "";
    byId("curve").hidden = byId("progress").hidden = true;
    await showModel(engine);
  });
}

async function attempt(place, work) {
  byId(place).textContent = "";
  try {
    await work();
  } catch (error) {
    byId(place).textContent = error.message;
  }
}

async function start() {
  const engine = new Engine(await unpacked("module"));
  const listen = (id, event, work) => byId(id).addEventListener(event, given => {
    given.preventDefault();
    work(given);
  });
  listen("training", "submit", () => train(engine));
  listen("sampling", "submit", () => generate(engine));
  listen("scoring", "submit", () => score(engine));
  listen("save", "click", () => save(engine));
  listen("pause", "click", () => {
    run.isPaused = !run.isPaused;
    byId("pause").textContent = run.isPaused ? "Continue" : "Pause";
    if (!run.isPaused) run.resume?.();
  });
  listen("stop", "click", () => {
    [run.isStopped, run.isPaused] = [true, false];
    run.resume?.();
  });
  byId("recipe").addEventListener("change", () => { byId("time").hidden = byId("recipe").value !== ""; });
  byId("text").addEventListener("input", () => corpus.edited());
  byId("file").addEventListener("change", () => { if (byId("file").files[0]) corpus.take(byId("file").files[0]); });
  byId("open").addEventListener("change", () => { if (byId("open").files[0]) open(engine, byId("open").files[0]); });
  listen("text", "dragover", () => byId("text").classList.add("dropping"));
  byId("text").addEventListener("dragleave", () => byId("text").classList.remove("dropping"));
  listen("text", "drop", ({ dataTransfer }) => {
    byId("text").classList.remove("dropping");
    const [file] = dataTransfer.files;
    if (file) corpus.take(file);
  });
  for (const button of document.querySelectorAll(".example")) {
    button.addEventListener("click", () => corpus.takeExample(button.dataset.example));
  }
  return engine;
}

const started = start();
