// Opens the model in the page.

async function start() {
  try {
    const engine = new Engine(await unpacked("engine"));
    const playground = new Playground(engine);
    await playground.show(await engine.do("unwrap", byId("inside").textContent));
    return { engine, playground };
  } catch (error) {
    byId("summary").textContent = `This browser cannot run the model: ${error.message}`;
    byId("summary").className = "problem";
    throw error;
  }
}

const started = start();
