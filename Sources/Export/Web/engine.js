// The engine of the page: the same code as in the program swiftlet, in a worker.

class Engine {
  constructor(module) {
    this.module = module;
    this.waiting = new Map();
    this.last = 0;
    this.start();
  }

  start() {
    const source = URL.createObjectURL(new Blob([byId("worker").textContent], { type: "text/javascript" }));
    this.worker = new Worker(source);
    this.worker.onmessage = ({ data: { number, result, problem, isBroken } }) => {
      const { resolve, reject } = this.waiting.get(number) ?? {};
      this.waiting.delete(number);
      if (isBroken) {
        this.worker.terminate();
        this.start();
      }
      if (problem === undefined) resolve?.(result);
      else reject?.(new Error(problem));
    };
    this.worker.postMessage({ task: "start", values: [this.module] });
  }

  // Calls a function of the engine with these values: numbers, texts, bytes and objects.
  do(task, ...values) {
    this.last += 1;
    const number = this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.worker.postMessage({ number, task, values });
    });
  }
}
