// Helpers of all parts of the page.

const byId = id => document.getElementById(id);

// An HTML element with these properties. Strings among the children become text, never markup.
function element(name, properties = {}, ...children) {
  const result = Object.assign(document.createElement(name), properties);
  result.append(...children);
  return result;
}

// An SVG element with these attributes.
function svgElement(name, attributes = {}, ...children) {
  const result = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) result.setAttribute(key, value);
  result.append(...children);
  return result;
}

const grouped = number => number.toLocaleString("en");
const percent = part => (100 * part).toFixed(part >= 0.1 ? 0 : part >= 0.001 ? 1 : 2) + " %";
const count = (number, noun) => `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;

// A drawing context of `width` by `height` points in the text color of the canvas.
function prepare(canvas, width, height) {
  const scale = devicePixelRatio || 1;
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = getComputedStyle(canvas).color;
  return context;
}
