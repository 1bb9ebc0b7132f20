// The page: shows what the engine does in the worker, and passes on what a person does.

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

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The text to train on: what is in the text area, or the bytes of a file.
const corpus = {
  file: undefined,
  get bytes() { return this.file?.bytes ?? new TextEncoder().encode(byId("corpus").value); },
  get name() { return this.file?.name ?? "The text"; },
  // The name of the model that is trained on the text.
  get title() { return this.file?.name.replace(/\.[^.]*(\.gz)?$/, "") ?? this.example ?? "model"; },

  async take(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    this.file = { name: file.name, bytes: file.name.endsWith(".gz") ? await inflated(bytes) : bytes };
    // A text area with megabytes of text is slow; the start is enough to see what it is.
    byId("corpus").value = new TextDecoder().decode(this.file.bytes.slice(0, 20000));
    byId("file-note").textContent = `${file.name}, ${grouped(this.file.bytes.length)} bytes. Change the text above to use `
      + "that instead.";
  },

  async takeExample(name) {
    this.edited();
    this.example = name;
    byId("corpus").value = new TextDecoder().decode(unpacked(`example-${name}`)).trimEnd();
    byId("tokenizer").value = name === "names" ? "character" : "word";
  },

  edited() {
    this.file = this.example = undefined;
    byId("file-note").textContent = "";
  },
};

const run = { isPaused: false, isStopped: false, isRunning: false, losses: [], seconds: 0, tokens: 0 };

function showRunning(isRunning) {
  run.isRunning = isRunning;
  byId("train").disabled = byId("open").disabled = isRunning;
  byId("pause").disabled = byId("stop").disabled = !isRunning;
  byId("pause").textContent = "Pause";
}

async function train({ engine, playground }) {
  Object.assign(run, { isPaused: false, isStopped: false, losses: [], seconds: 0, tokens: 0 });
  for (const id of ["training-problem", "facts", "status", "file-problem"]) byId(id).textContent = "";
  byId("early").replaceChildren();
  showModel(false);
  byId("curve").hidden = byId("progress").hidden = true;
  showRunning(true);
  try {
    byId("status").textContent = byId("recipe").value ? "Reading the text." : "Measuring the speed of this device.";
    const holdout = byId("holdout").value;
    const facts = await engine.do("prepare", corpus.bytes, {
      name: corpus.name, tokenizer: byId("tokenizer").value, preset: byId("recipe").value || null,
      seconds: byId("seconds").valueAsNumber, seed: byId("training-seed").value,
      holdout: holdout === "" ? null : Number(holdout) / 100,
    });
    byId("facts").textContent = `${count(facts.documents, "document")}, ${count(facts.tokens, "token")}. `
      + `${facts.layers} × ${facts.embedding} wide, context ${facts.context}, vocabulary ${grouped(facts.vocabulary)}: `
      + `${grouped(facts.parameters)} parameters. ${facts.notes.join(" ")}`;
    byId("curve").hidden = byId("progress").hidden = false;
    await advance(engine, facts);
    await playground.show({ ...await engine.do("describe"), title: corpus.title });
    showModel(true);
  } catch (error) {
    byId("training-problem").textContent = error.message;
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
    run.tokens += progress.tokens;
    showProgress(progress);
    curve.draw(byId("curve"));
    if (progress.isFinished) break;
    if (performance.now() - lastSamples > 1000) {
      const samples = await engine.do("sample", { tokens: [], count: 6, temperature: 0.8, seed: String(progress.step) });
      byId("early").replaceChildren(...samples.map(sampleItem));
      lastSamples = performance.now();
    }
  }
  byId("early").replaceChildren();
}

function showProgress({ step, steps, mean, heldOut, isFinished }) {
  byId("progress").value = step / steps;
  const left = Math.ceil((steps - step) * run.seconds / step);
  byId("status").textContent = [
    `Step ${grouped(step)} of ${grouped(steps)}`, mean === null ? "" : `loss ${mean.toFixed(3)}`,
    heldOut === null ? "" : `held out ${heldOut}`, `${grouped(Math.round(run.tokens / run.seconds))} tokens per second`,
    isFinished ? `${run.seconds.toFixed(2)} seconds` : `${left} s left`,
  ].filter(Boolean).join(" · ");
}

function showModel(isShown) {
  byId("playground").hidden = !isShown;
  byId("save").disabled = byId("save-page").disabled = !isShown;
  // Charts have no size while they are hidden.
  if (isShown) dispatchEvent(new Event("resize"));
}

function save(name, type, ...parts) {
  const link = element("a", { href: URL.createObjectURL(new Blob(parts, { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// The page that `swiftlet export --format html` writes.
async function pageWithModel(engine, title) {
  const data = new TextDecoder().decode(await engine.do("wrap", title));
  const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const parts = { title: title.replace(/[&<>"]/g, character => escapes[character]), data };
  return new TextDecoder().decode(unpacked("template")).replace(/\{\{(title|data)\}\}/g, (_, name) => parts[name]);
}

async function attempt(work) {
  byId("file-problem").textContent = "";
  try {
    await work();
  } catch (error) {
    byId("file-problem").textContent = error.message;
  }
}

const open = ({ engine, playground }, file) => attempt(async () => {
  const model = await engine.do("open", new Uint8Array(await file.arrayBuffer()), file.name);
  const title = file.name.replace(/\.[^.]*$/, "");
  byId("facts").textContent = byId("status").textContent = "";
  byId("curve").hidden = byId("progress").hidden = true;
  await playground.show({ ...model, title });
  showModel(true);
});

async function start() {
  const engine = new Engine(unpacked("engine"));
  const playground = new Playground(engine);
  const page = { engine, playground };
  const listen = (id, event, work) => byId(id).addEventListener(event, given => {
    given.preventDefault();
    work(given);
  });
  const { composer } = playground;
  listen("training", "submit", () => train(page));
  listen("save", "click", () => attempt(async () => {
    save(`${composer.model.title}.safetensors`, "application/octet-stream", await engine.do("save"));
  }));
  listen("save-page", "click", () => attempt(async () => {
    const { title } = composer.model;
    save(`${title}.html`, "text/html", await pageWithModel(engine, title));
  }));
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
  byId("corpus").addEventListener("input", () => corpus.edited());
  byId("file").addEventListener("change", () => { if (byId("file").files[0]) corpus.take(byId("file").files[0]); });
  byId("open").addEventListener("change", () => { if (byId("open").files[0]) open(page, byId("open").files[0]); });
  listen("corpus", "dragover", () => byId("corpus").classList.add("dropping"));
  byId("corpus").addEventListener("dragleave", () => byId("corpus").classList.remove("dropping"));
  listen("corpus", "drop", ({ dataTransfer }) => {
    byId("corpus").classList.remove("dropping");
    const [file] = dataTransfer.files;
    if (file) corpus.take(file);
  });
  for (const button of document.querySelectorAll(".example")) {
    button.addEventListener("click", () => corpus.takeExample(button.dataset.example));
  }
  return page;
}

const started = start();
