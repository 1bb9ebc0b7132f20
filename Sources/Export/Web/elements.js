// What every part of the page needs to show something.

const byId = id => document.getElementById(id);

// An element with these properties; strings among the children become text, never markup.
function element(name, properties = {}, ...children) {
  const result = Object.assign(document.createElement(name), properties);
  result.append(...children);
  return result;
}

function drawing(name, attributes = {}, ...children) {
  const result = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) result.setAttribute(key, value);
  result.append(...children);
  return result;
}

const grouped = number => number.toLocaleString("en");
const percent = part => (100 * part).toFixed(part >= 0.1 ? 0 : part >= 0.001 ? 1 : 2) + " %";
const count = (number, noun) => `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;

// A token as people see it, the boundary by the part that it plays there.
function label(model, token, boundary = "end") {
  return token === model.network.boundary ? boundary : model.tokenizer.shown(token);
}

// A canvas ready for drawing `width` by `height` points, and the colour of its text.
function prepare(canvas, width, height) {
  const scale = devicePixelRatio || 1;
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = getComputedStyle(canvas).color;
  return context;
}
