// Opens the model in the page.

async function start() {
  try {
    const engine = new Engine(unpacked("engine"));
    const playground = new Playground(engine);
    const notes = await engine.do("unwrap", bytesOf(byId("model").textContent));
    await playground.show({ ...JSON.parse(byId("facts").textContent), notes });
    return { engine, playground };
  } catch (error) {
    byId("summary").textContent = `This browser cannot run the model: ${error.message}`;
    byId("summary").className = "problem";
    throw error;
  }
}

const started = start();
