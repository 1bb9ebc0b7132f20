// Opens the model in the page.

async function start() {
  try {
    const engine = new Engine(unpacked("engine"));
    const playground = new Playground(engine);
    const [model, known] = ["model", "known"].map(id => bytesOf(byId(id).textContent));
    await playground.show(await engine.do("unwrap", byId("inside").textContent, model, known));
    return { engine, playground };
  } catch (error) {
    byId("summary").textContent = `This browser cannot run the model: ${error.message}`;
    byId("summary").className = "problem";
    throw error;
  }
}

const started = start();
