"use strict";
// Draws the map of a sweep. The bytes are those of PageData, the pixels those of PngPicture.
(() => {
  const STATES = ["alive", "timeout", "unreachable", "ttl_exceeded", "icmp_error", "send_failed", "dropped_locally",
    "no verdict"];
  const ALIVE = 0, WITHOUT = 7, NOT_ASKED = 8;
  const LOG_STEPS = 2500;
  const data = JSON.parse(document.getElementById("cells").textContent);
  const bytes = Uint8Array.from(atob(data.cells), letter => letter.charCodeAt(0));
  const told = document.getElementById("told");
  let only = -1;

  // The same folding as Hilbert.java.
  function point(bits, cell) {
    let x = 0, y = 0;
    for (let side = 1, rest = cell; side < 1 << (bits + 1 >> 1); side <<= 1, rest >>>= 2) {
      const quarter = rest & 3;
      if (quarter === 0) {
        [x, y] = [y, x];
      } else if (quarter === 3) {
        [x, y] = [side - 1 - y, side - 1 - x];
      }
      x += quarter === 1 || quarter === 2 ? side : 0;
      y += quarter >= 2 ? side : 0;
    }
    return [x, y];
  }

  // A panel's cells as columns: where each begins among the bytes, and the other way round which cell is in a place.
  let at = 0;
  function readNumber() {
    let number = 0, factor = 1;
    for (; bytes[at] >= 0x80; factor *= 0x80) {
      number += (bytes[at++] & 0x7f) * factor;
    }
    return number + bytes[at++] * factor;
  }

  function readTime() {
    at += 2;
    return bytes[at - 2] | bytes[at - 1] << 8;
  }

  function readCell(panel, start) {
    at = start;
    const set = bytes[at++];
    const counts = STATES.map((state, i) => set >> i & 1 ? panel.cellBits > 0 ? readNumber() : 1 : 0);
    const cell = {counts, total: counts.reduce((sum, count) => sum + count, 0)};
    if (counts[ALIVE] > 0) {
      cell.step = bytes[at++];
      cell.min = cell.mean = cell.max = readTime();
    }
    if (counts[ALIVE] > 1) {
      cell.mean = readTime();
      cell.max = readTime();
    }
    return cell;
  }

  let start = 0;
  for (const panel of data.panels) {
    panel.width = 1 << (panel.bits + 1 >> 1);
    panel.height = 1 << (panel.bits >> 1);
    panel.starts = new Uint32Array(1 << panel.bits);
    panel.places = new Uint32Array(1 << panel.bits);
    for (let i = 0; i < panel.starts.length; i++) {
      panel.starts[i] = start;
      readCell(panel, start);
      start = at;
      const [x, y] = point(panel.bits, i);
      panel.places[y * panel.width + x] = i;
    }
  }

  const place = (panel, index) => index * panel.cell + (index >> panel.shift) * panel.gap;

  function mix(from, to, share) {
    let mixed = 0;
    for (let shift = 16; shift >= 0; shift -= 8) {
      const begin = from >> shift & 0xff;
      mixed = mixed << 8 | Math.round(begin + ((to >> shift & 0xff) - begin) * share);
    }
    return mixed;
  }

  // As CellColours.java; a state chosen in the legend dims all cells that do not have it.
  function colour(cell, colours) {
    const rest = cell.counts.map((count, i) => i === ALIVE ? 0 : count);
    const most = Math.max(...rest);
    // Between equals no verdict wins, then the first.
    const other = most === 0 ? NOT_ASKED : rest[WITHOUT] === most ? WITHOUT : rest.indexOf(most);
    let found = colours[other];
    if (cell.counts[ALIVE] > 0) {
      const ramp = data.ramp[cell.step];
      found = cell.counts[ALIVE] === cell.total ? ramp
        : mix(found, ramp, data.least + (1 - data.least) * (cell.counts[ALIVE] / cell.total));
    }
    if (only >= 0 && only !== NOT_ASKED) {
      return cell.counts[only] > 0 ? (only === ALIVE ? found : colours[only]) : mix(found, colours[NOT_ASKED], 0.85);
    }
    return found;
  }

  function draw() {
    const style = getComputedStyle(document.documentElement);
    const colours = STATES.concat("not asked").map(state =>
      parseInt(style.getPropertyValue("--" + state.replace(/[ _]/g, "-")).trim().slice(1), 16));
    data.panels.forEach((panel, number) => {
      const canvas = panel.canvas;
      const image = new ImageData(canvas.width, canvas.height);
      const pixels = new DataView(image.data.buffer);
      const side = panel.cell - panel.inset;
      for (let i = 0; i < panel.places.length; i++) {
        const cell = readCell(panel, panel.starts[panel.places[i]]);
        const rgba = colour(cell, colours) * 256 + 255;
        const left = place(panel, i % panel.width), top = place(panel, Math.floor(i / panel.width));
        for (let y = top; y < top + side; y++) {
          for (let x = left; x < left + side; x++) {
            pixels.setUint32((y * canvas.width + x) * 4, rgba);
          }
        }
      }
      canvas.getContext("2d").putImageData(image, 0, 0);
    });
  }

  // RFC 5952, as AddressFormat.java.
  function address(panel, cell) {
    const bits = BigInt("0x" + panel.base) + (BigInt(cell) << BigInt(panel.cellBits));
    if (panel.ipv4) {
      return [24n, 16n, 8n, 0n].map(shift => bits >> shift & 0xffn).join(".");
    }
    const groups = [...Array(8).keys()].map(i => (bits >> BigInt(112 - 16 * i) & 0xffffn).toString(16));
    let best = -1, length = 1;
    for (let i = 0; i < 8; i++) {
      let end = i;
      while (end < 8 && groups[end] === "0") {
        end++;
      }
      if (end - i > length) {
        best = i;
        length = end - i;
      }
    }
    return (best < 0 ? groups.join(":")
      : groups.slice(0, best).join(":") + "::" + groups.slice(best + length).join(":")) + panel.scope;
  }

  function time(logarithm) {
    const nanos = Math.exp(logarithm / LOG_STEPS);
    const [unit, name] = nanos < 1e3 ? [1, "ns"] : nanos < 1e6 ? [1e3, "µs"] : nanos < 1e9 ? [1e6, "ms"] : [1e9, "s"];
    return Number((nanos / unit).toPrecision(3)) + " " + name;
  }

  function describe(panel, index) {
    const cell = readCell(panel, panel.starts[index]);
    const lines = [address(panel, index)
      + (panel.cellBits > 0 ? "/" + ((panel.ipv4 ? 32 : 128) - panel.cellBits) : "")];
    const name = data.names[(BigInt("0x" + panel.base) + BigInt(index)).toString(16).padStart(32, "0") + panel.scope];
    if (panel.cellBits === 0 && name !== undefined) {
      lines.push(name);
    }
    const states = STATES.map((state, i) => [state, cell.counts[i]]).filter(([state, count]) => count > 0);
    if (states.length === 0) {
      lines.push("not asked");
    } else if (panel.cellBits === 0) {
      lines.push(states[0][0] + (cell.counts[ALIVE] > 0 ? ", " + time(cell.mean) : ""));
    } else {
      lines.push(states.map(([state, count]) => count + " " + state).join(", "));
      if (cell.counts[ALIVE] > 0) {
        lines.push("round trip min " + time(cell.min) + ", mean " + time(cell.mean) + ", max " + time(cell.max));
      }
    }
    return lines;
  }

  function show(panel, index) {
    const cursor = panel.figure.querySelector(".cursor");
    const [column, row] = point(panel.bits, index);
    panel.index = index;
    const left = place(panel, column), top = place(panel, row);
    cursor.setAttribute("x", left - 1);
    cursor.setAttribute("y", top - 1);
    cursor.style.display = "inline";
    const lines = describe(panel, index);
    told.replaceChildren(...lines.map((line, i) => {
      const element = document.createElement(i === 0 ? "b" : "span");
      element.textContent = line;
      return element;
    }));
    told.hidden = false;
    const box = panel.canvas.getBoundingClientRect();
    const x = box.left + left + panel.cell + 10, y = box.top + top + panel.cell + 10;
    told.style.left = Math.max(4, x + told.offsetWidth > innerWidth - 4 ? x - told.offsetWidth - panel.cell - 20 : x) + "px";
    told.style.top = Math.max(4, y + told.offsetHeight > innerHeight - 4 ? y - told.offsetHeight - panel.cell - 20 : y) + "px";
  }

  function hide(panel) {
    panel.figure.querySelector(".cursor").style.display = "none";
    told.hidden = true;
  }

  // The column or row whose cell or gap has a pixel.
  function found(panel, pixel, most) {
    const part = (panel.cell << panel.shift) + panel.gap;
    const index = (Math.floor(pixel / part) << panel.shift) + Math.floor(pixel % part / panel.cell);
    return Math.max(0, Math.min(most - 1, index));
  }

  function listen(panel) {
    const plate = panel.figure.querySelector(".plate");
    plate.addEventListener("pointermove", event => {
      const box = panel.canvas.getBoundingClientRect();
      const column = found(panel, event.clientX - box.left, panel.width);
      const row = found(panel, event.clientY - box.top, panel.height);
      show(panel, panel.places[row * panel.width + column]);
    });
    plate.addEventListener("pointerleave", () => hide(panel));
    plate.addEventListener("focus", () => {
      if (plate.matches(":focus-visible")) {
        show(panel, panel.index);
      }
    });
    plate.addEventListener("blur", () => hide(panel));
    plate.addEventListener("keydown", event => {
      const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
      if (event.key === "Escape") {
        hide(panel);
      } else if (event.key === "Home" || event.key === "End") {
        show(panel, event.key === "Home" ? 0 : panel.places.length - 1);
        event.preventDefault();
      } else if (step) {
        const [x, y] = point(panel.bits, panel.index);
        const column = Math.max(0, Math.min(panel.width - 1, x + step[0]));
        const row = Math.max(0, Math.min(panel.height - 1, y + step[1]));
        show(panel, panel.places[row * panel.width + column]);
        event.preventDefault();
      }
    });
  }

  document.querySelectorAll("figure").forEach((figure, number) => {
    const panel = data.panels[number];
    panel.figure = figure;
    panel.canvas = figure.querySelector("canvas");
    panel.index = 0;
    listen(panel);
  });
  for (const button of document.querySelectorAll("button[data-state]")) {
    button.addEventListener("click", () => {
      const state = STATES.indexOf(button.dataset.state);
      only = only === state ? -1 : state;
      document.querySelectorAll("button[data-state]").forEach(each =>
        each.setAttribute("aria-pressed", String(STATES.indexOf(each.dataset.state) === only)));
      draw();
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();
