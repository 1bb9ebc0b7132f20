// The parts of the page with which a user writes.

class Playground {
  constructor(engine) {
    this.composer = new Composer(engine, () => this.changed());
    this.samples = new Samples(engine, this.composer);
    this.attention = new Attention(this.composer);
    this.map = new TokenMap(engine, this.composer);
  }

  // Shows the model that the engine has opened or trained, by its description.
  async show(model) {
    this.isReady = false;
    showFacts(model);
    await this.composer.show(model);
    this.attention.show(model);
    await this.samples.show(model);
    await this.map.show(model);
    this.isReady = true;
    this.changed();
    this.samples.isShown = true;
  }

  changed() {
    if (!this.isReady) return;
    this.samples.promptChanged();
    this.attention.textChanged();
    this.map.textChanged();
  }
}
