#if Tool
/// What the page of a walkthrough does under the hand of its reader.
enum WalkthroughScript {
  static let text = #"""
    const data = JSON.parse(document.getElementById("data").textContent);
    const { words, maps, steps } = data;
    const units = [...document.querySelectorAll("#units i")];
    const told = document.getElementById("told");
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const bytes = text => Uint8Array.from(atob(text), character => character.charCodeAt(0)).buffer;
    const sigma = x => 1 / (1 + Math.exp(-x));

    // Values of a step; of a gate also its halves, a and g.
    const half = step => steps[step.inputs[0]].columns / 2;
    const value = (number, part, row, column) => {
      const step = steps[number];
      const read = at => value(step.inputs[0], null, row, at);
      if (part === "a") return read(column);
      if (part === "g") return sigma(read(half(step) + column));
      if (step.kind === "relu") return Math.max(0, read(column));
      if (step.kind === "glu") return read(column) * sigma(read(half(step) + column));
      if (step.kind === "complementary") {
        const open = column < half(step), own = open ? column : column - half(step);
        const gate = sigma(read(half(step) + own));
        return read(own) * (open ? gate : 1 - gate);
      }
      if (typeof step.data === "string") step.data = new (data.rough ? Int8Array : Int16Array)(bytes(step.data));
      const code = step.data[(step.order ? step.order[row] : row) * step.columns + column];
      return code === (data.rough ? -128 : -32768) ? NaN : code * step.scale;
    };
    const none = 65535;
    const winner = (number, row, column) => {
      const step = steps[number];
      if (!step.winners) return none;
      if (typeof step.winners === "string") step.winners = new Uint16Array(bytes(step.winners));
      return step.winners[row * step.columns + column];
    };
    const shown = number => {
      if (Number.isNaN(number)) return words.none;
      if (Number.isInteger(number)) return String(number);
      const text = Math.abs(number) >= 1e5 ? number.toExponential(3) : number.toFixed(data.rough ? 3 : 4);
      return text.replace("-", "−");
    };
    const span = (ranges, row) => ranges.length ? [ranges[2 * row], ranges[2 * row + 1]] : null;
    const characters = range => {
      const [start, end] = [range[0], Math.min(range[1], data.units)];
      const own = units.slice(start, end).map(unit => unit.textContent);
      return own.length > 40 ? own.slice(0, 18).join("") + " … " + own.slice(-18).join("") : own.join("");
    };
    const isPadding = (step, row) => {
      const own = span(maps[step.map].own, row);
      return own !== null && own[0] >= data.units;
    };

    // Marks in the text.
    let marked = [];
    const mark = (range, name) => {
      for (let unit = Math.max(range[0], 0); unit < Math.min(range[1], units.length); unit += 1) {
        units[unit].classList.add(name);
        marked.push(units[unit]);
      }
    };
    const unmark = () => {
      for (const unit of marked) unit.classList.remove("sees", "own", "won");
      marked = [];
    };
    const show = place => {
      const unit = units[Math.min(Math.max(place, 0), units.length - 1)], box = document.getElementById("units");
      if (unit) box.scrollTop += unit.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
    };

    // What a cell is, in words and in the text.
    const tell = (figure, row, column) => {
      const { step, number, part, pooling } = figure, map = maps[step.map];
      unmark();
      const seen = span(map.seen, row), own = span(map.own, row);
      if (seen) mark([seen[0], Math.min(seen[1], data.units)], "sees");
      const source = column < 0 ? none : winner(number, row, column);
      // Of a value that was taken the characters count that it was taken from.
      if (own && source === none) mark([own[0], Math.min(own[1], data.units)], "own");
      const label = map.labels[row], values = { row: row + 1, label, column: column + 1 };
      let text;
      if (column < 0) {
        text = label ? fill(words.row, values) : "";
      } else {
        values.value = shown(value(number, part, row, column));
        if (data.rough) values.value = fill(words.about, values);
        text = fill(isPadding(step, row) ? words.padding : label ? words.cell : words.only, values);
        if (!part && step.kind === "glu") {
          text += fill(words.gates, { a: shown(value(number, "a", row, column)), g: shown(value(number, "g", row, column)) });
        }
      }
      if (seen) {
        const all = characters(seen);
        text += all ? fill(words.sees, { seen: all }) : words.seesPadding;
      }
      if (source !== none) {
        const read = steps[step.inputs[0]], of = maps[read.map];
        text += fill(isPadding(read, source) ? words.fromPadding : words.from, { row: source + 1, label: of.labels[source] });
        for (const ranges of [of.seen, of.own]) {
          const range = span(ranges, source);
          if (range) mark([range[0], Math.min(range[1], data.units)], ranges === of.own ? "own" : "won");
        }
      }
      if (pooling !== null && column >= 0 && figure.wins(row, column)) {
        text += words.wins;
        if (seen) mark([seen[0], Math.min(seen[1], data.units)], "won");
      }
      told.textContent = text;
      if (own ?? seen) show((own ?? seen)[0]);
      return source;
    };

    // Drawing.
    const colours = () => {
      const style = getComputedStyle(document.documentElement);
      const get = name => style.getPropertyValue(name).trim();
      const shades = name => Array.from({ length: 33 }, (_, shade) => `rgb(${get(name)} / ${shade / 32})`);
      return { plus: shades("--plus"), minus: shades("--minus"), ink: `rgb(${get("--ink")})`, soft: `rgb(${get("--ink")} / .12)`, paper: `rgb(${get("--paper")})`, ring: get("--c0") };
    };
    let palette = colours();
    // Room for the numbers of columns, and for the labels of rows.
    const [head, font] = [15, "12px ui-monospace, monospace"];
    const ruler = document.createElement("canvas").getContext("2d");
    ruler.font = font;
    const room = map => map.room ??= 16 + map.labels.reduce((most, label) => Math.max(most, Math.min(ruler.measureText(label).width, 90)), 8);

    class Figure {
      constructor(element) {
        this.element = element;
        this.number = Number(element.dataset.step);
        this.part = element.dataset.part ?? null;
        this.pooling = element.dataset.pooling === undefined ? null : Number(element.dataset.pooling);
        this.step = steps[this.number];
        this.columns = this.part ? half(this.step) : this.step.columns;
        this.rows = this.step.shown;
        [this.pane, this.size, this.canvas] = [".pane", ".size", "canvas"].map(name => element.querySelector(name));
        this.cursor = null;
        this.ring = null;
        this.isVisible = false;
        this.measure();
        this.pane.addEventListener("scroll", () => this.draw());
        for (const name of ["pointermove", "pointerdown"]) this.pane.addEventListener(name, event => this.point(event));
        this.pane.addEventListener("pointerleave", () => this.set(null));
        this.pane.addEventListener("keydown", event => this.move(event));
        this.pane.addEventListener("focus", () => { if (!this.cursor && this.pane.matches(":focus-visible")) this.go(0, 0); });
        this.pane.addEventListener("blur", () => this.set(null));
        const fold = element.querySelector(".fold");
        fold?.addEventListener("click", () => {
          const opens = fold.getAttribute("aria-expanded") === "false";
          fold.setAttribute("aria-expanded", String(opens));
          this.rows = opens ? this.step.rows : this.step.shown;
          this.measure();
          this.draw();
        });
      }

      // Which cells a pooling takes.
      wins(row, column) {
        if (!this.taken) {
          const step = steps[this.pooling];
          this.taken = new Uint8Array(this.step.rows * this.columns);
          for (let kept = 0; kept < step.rows; kept += 1) {
            for (let at = 0; at < this.columns; at += 1) {
              const source = winner(this.pooling, kept, at);
              if (source !== none) this.taken[source * this.columns + at] = 1;
            }
          }
        }
        return this.taken[row * this.columns + column] === 1;
      }

      measure() {
        this.side = Math.ceil(room(maps[this.step.map]));
        const free = this.element.clientWidth - this.side - 4;
        const least = this.pooling === null ? 3 : 6;
        this.width = Math.max(least, Math.min(14, Math.floor(free / this.columns)));
        this.height = this.step.rows === 1 ? 22 : 14;
        this.size.style.width = `${this.side + this.width * this.columns + 1}px`;
        this.size.style.height = `${head + this.height * this.rows + 1}px`;
      }

      get magnitude() {
        if (this.largest === undefined) {
          this.largest = this.part === "g" ? 1 : 0;
          for (let row = 0; row < this.step.rows && this.part !== "g"; row += 1) {
            if (row > 0 && this.step.order && this.step.order[row] === this.step.order[row - 1]) continue;
            for (let column = 0; column < this.columns; column += 1) {
              const size = Math.abs(value(this.number, this.part, row, column));
              if (size > this.largest) this.largest = size;
            }
          }
        }
        return this.largest;
      }

      draw() {
        if (!this.isVisible) return;
        const { pane, canvas, side, width, height, columns, rows } = this, map = maps[this.step.map];
        const [w, h, x0, y0] = [pane.clientWidth, pane.clientHeight, pane.scrollLeft, pane.scrollTop];
        const scale = devicePixelRatio || 1;
        canvas.style.width = `${w}px`;
        canvas.style.height = `${Math.min(h, this.size.clientHeight)}px`;
        canvas.width = w * scale;
        canvas.height = Math.min(h, this.size.clientHeight) * scale;
        const context = canvas.getContext("2d");
        context.scale(scale, scale);
        const x = column => side + column * width - x0, y = row => head + row * height - y0;
        const firstRow = Math.floor(y0 / height), lastRow = Math.min(rows, Math.ceil((y0 + h - head) / height));
        const firstColumn = Math.floor(x0 / width), lastColumn = Math.min(columns, Math.ceil((x0 + w - side) / width));
        if (this.cursor) {
          context.fillStyle = palette.soft;
          context.fillRect(0, y(this.cursor[0]), w, height);
        }
        const gap = width >= 5 ? 1 : 0;
        for (let row = firstRow; row < lastRow; row += 1) {
          for (let column = firstColumn; column < lastColumn; column += 1) {
            const number = value(this.number, this.part, row, column);
            const shade = this.magnitude > 0 ? Math.round(Math.abs(number) / this.magnitude * 32) : 0;
            if (shade > 0) {
              context.fillStyle = (number > 0 ? palette.plus : palette.minus)[shade];
              context.fillRect(x(column), y(row), width - gap, height - 1);
            }
            if (this.pooling !== null && this.wins(row, column)) {
              context.strokeStyle = palette.ink;
              context.lineWidth = 1;
              context.strokeRect(x(column) + .5, y(row) + .5, width - 2, height - 2);
            }
          }
        }
        for (const [place, colour] of [[this.ring, palette.ring], [this.cursor, palette.ring]]) {
          if (!place || place[1] < 0) continue;
          context.strokeStyle = colour;
          context.lineWidth = 2;
          context.strokeRect(x(place[1]) - 1, y(place[0]) - 1, width + 2, height + 1);
        }
        context.fillStyle = palette.paper;
        context.fillRect(0, 0, w, head);
        context.fillRect(0, 0, side - 3, h);
        context.fillStyle = palette.ink;
        context.textBaseline = "middle";
        context.textAlign = "right";
        context.font = font;
        for (let row = firstRow; row < lastRow; row += 1) {
          if (y(row) > head - height) context.fillText(map.labels[row], side - 8, y(row) + height / 2, side - 12);
        }
        context.fillStyle = palette.paper;
        context.fillRect(0, 0, w, head);
        context.fillStyle = palette.ink;
        context.textAlign = "center";
        context.font = "10px system-ui, sans-serif";
        const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find(count => count * width >= 30) ?? 1000;
        for (let column = firstColumn; column < lastColumn; column += 1) {
          if ((column + 1) % every === 0 || column === 0) {
            const place = x(column) + width / 2;
            if (place > side) context.fillText(String(column + 1), place, head / 2);
          }
        }
      }

      set(cursor) {
        this.cursor = cursor;
        for (const other of this.linked()) other.ring = cursor && !other.pooling && other.part !== undefined && cursor[1] < other.columns && cursor[1] >= 0 ? cursor : null;
        if (cursor) {
          const source = tell(this, cursor[0], cursor[1]);
          const read = this.reads();
          if (read) {
            read.ring = source === none || source >= read.step.rows ? null : [source, cursor[1]];
            if (read.ring) read.reveal(...read.ring);
            read.draw();
          }
        } else {
          this.reads()?.clear();
        }
        this.draw();
        for (const other of this.linked()) other.draw();
      }

      clear() {
        this.ring = null;
        this.draw();
      }

      // The halves and the product of one gate.
      linked() {
        if (!this.element.closest(".gate")) return [];
        return figures.filter(other => other !== this && other.number === this.number && other.pooling === null);
      }

      // The matrix that a pooling reads, where it stands above.
      reads() { return figures.find(other => other.pooling === this.number); }

      // Scrolls to a cell.
      reveal(row, column) {
        const { pane, side, width, height } = this;
        if (row >= this.rows) return;
        const [x, y] = [side + column * width, head + row * height];
        if (x - side < pane.scrollLeft) pane.scrollLeft = x - side;
        if (x + width > pane.scrollLeft + pane.clientWidth) pane.scrollLeft = x + width - pane.clientWidth;
        if (y - head < pane.scrollTop) pane.scrollTop = y - head;
        if (y + height > pane.scrollTop + pane.clientHeight) pane.scrollTop = y + height - pane.clientHeight;
      }

      point(event) {
        const box = this.canvas.getBoundingClientRect();
        const [x, y] = [event.clientX - box.left, event.clientY - box.top];
        const row = Math.floor((y + this.pane.scrollTop - head) / this.height);
        const column = x < this.side ? -1 : Math.floor((x + this.pane.scrollLeft - this.side) / this.width);
        if (y < head || row < 0 || row >= this.rows || column >= this.columns) return;
        if (!this.cursor || this.cursor[0] !== row || this.cursor[1] !== column) this.set([row, column]);
      }

      go(row, column) {
        const place = [Math.max(0, Math.min(this.rows - 1, row)), Math.max(0, Math.min(this.columns - 1, column))];
        this.reveal(...place);
        this.set(place);
      }

      move(event) {
        const [row, column] = this.cursor ?? [0, 0];
        const places = {
          ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1],
          Home: [row, 0], End: [row, this.columns - 1], PageDown: [row + 16, column], PageUp: [row - 16, column],
        };
        const place = places[event.key];
        if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        this.go(...place);
      }
    }

    const figures = [...document.querySelectorAll("figure.matrix")].map(element => new Figure(element));
    const watch = new IntersectionObserver(entries => {
      for (const entry of entries) {
        const figure = figures.find(other => other.element === entry.target);
        figure.isVisible = entry.isIntersecting;
        if (figure.isVisible) figure.draw(); else figure.canvas.width = figure.canvas.height = 0;
      }
    }, { rootMargin: "300px" });
    for (const figure of figures) watch.observe(figure.element);
    addEventListener("resize", () => { for (const figure of figures) { figure.measure(); figure.draw(); } });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      palette = colours();
      for (const figure of figures) figure.draw();
    });

    // N-grams in the text.
    for (const row of document.querySelectorAll("tr[data-places]")) {
      const tellPlaces = () => {
        unmark();
        const ranges = row.dataset.places.split(" ").filter(text => text).map(text => text.split("-").map(Number));
        for (const range of ranges) mark(range, "own");
        told.textContent = [...row.cells].map(cell => cell.textContent).filter(text => text).join("   ");
        if (ranges.length) show(ranges[0][0]);
      };
      row.addEventListener("pointerenter", tellPlaces);
      row.addEventListener("focus", tellPlaces);
    }
    """#
}
#endif
