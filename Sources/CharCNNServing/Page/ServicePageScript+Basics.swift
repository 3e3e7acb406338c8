extension ServicePageScript {
  /// Elements, numbers, places in a text, and how the server is asked.
  static let basics = #"""
    /* What is true of the page as a whole. */
    const page = { language: "en", models: [], model: null, label: null, token: null, last: {} };

    const at = id => document.getElementById(id);
    const told = (name, ...values) => {
      const word = words[page.language][name] ?? words.en[name] ?? name;
      return typeof word === "function" ? word(...values) : word;
    };

    /* Storage may be forbidden; then nothing is remembered. */
    function remembered(name, store = "localStorage") {
      try { return window[store].getItem(`charcnn.${name}`); } catch { return null; }
    }
    function remember(name, value, store = "localStorage") {
      try { window[store].setItem(`charcnn.${name}`, value); } catch { /* It is asked again next time. */ }
    }

    /* An element; whatever comes from texts, labels or the server is added as text and never read as markup. */
    function make(tag, attributes = {}, ...children) {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false) continue;
        if (typeof value === "function") element.addEventListener(name, value);
        else element.setAttribute(name, value === true ? "" : value);
      }
      element.append(...children.filter(child => child !== null));
      return element;
    }

    const count = value => new Intl.NumberFormat(page.language).format(value);
    function percent(value) {
      const shown = new Intl.NumberFormat(page.language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
      // A probability is never quite 0 or 1.
      if (value >= 0.9995) return `>${shown.format(0.999)}`;
      return value < 0.0005 ? `<${shown.format(0.001)}` : shown.format(value);
    }
    function signed(value) {
      const size = Math.abs(value);
      const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
      return (value < 0 ? "−" : "+") + (size > 0 && size < 0.0005 ? size.toExponential(0) : size.toFixed(digits));
    }
    function duration(seconds) {
      return seconds < 90 ? told("seconds", Math.max(1, Math.round(seconds))) : told("minutes", Math.round(seconds / 60));
    }

    /* Where each Unicode scalar begins in the 16-bit units that JavaScript counts, and where the last one ends. */
    function scalarPlaces(text) {
      const places = [];
      let place = 0;
      for (const character of text) {
        places.push(place);
        place += character.length;
      }
      places.push(place);
      return places;
    }

    /* Half of a surrogate pair is no text, and the server would refuse it. */
    const wellFormed = text => text.toWellFormed ? text.toWellFormed()
      : text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

    /* Why the server gave no answer. */
    class Refusal extends Error {
      constructor(status, sentence, wait = 0) {
        super(sentence);
        Object.assign(this, { status, wait });
      }
    }

    /* Asks the server; without a body it is a GET. */
    async function call(path, body, signal) {
      const headers = body === undefined ? {} : { "content-type": "application/json" };
      const key = remembered("key", "sessionStorage");
      if (key) headers.authorization = `Bearer ${key}`;
      let response;
      let answer;
      try {
        const method = body === undefined ? "GET" : "POST";
        response = await fetch(path, { method, headers, body: JSON.stringify(body), signal, cache: "no-store" });
        const text = await response.text();
        try { answer = JSON.parse(text); } catch { answer = undefined; }
      } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new Refusal(0, told("unreachable"));
      }
      if (response.ok && answer !== undefined) return answer;
      if (response.status === 401) showLock(key !== null);
      const after = Number(response.headers.get("retry-after") ?? 1);
      const isBusy = response.status === 429 || response.status === 503;
      const wait = isBusy ? Math.min(Math.max(Number.isFinite(after) ? after : 1, 0.2), 30) : 0;
      const usual = response.ok ? told("noJSON") : `HTTP ${response.status}`;
      const sentence = typeof answer?.error === "string" ? answer.error : usual;
      throw new Refusal(response.status, sentence, wait);
    }

    const sleep = (seconds, signal) => new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, seconds * 1000);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(new DOMException("", "AbortError"));
      }, { once: true });
    });

    /* Asks one question at a time. Of those that come meanwhile only the newest is asked: no answer can be overtaken by an older one. */
    class Channel {
      constructor(delay, show, fail) {
        Object.assign(this, { delay, show, fail, waiting: null, timer: 0, earliest: 0, stopper: null });
      }
      ask(question, isAtOnce = false) {
        this.waiting = question;
        this.schedule(isAtOnce ? 0 : this.delay);
      }
      /* Nothing that was asked is of interest any more. */
      forget() {
        this.waiting = null;
        clearTimeout(this.timer);
        this.timer = 0;
        this.stopper?.abort();
      }
      schedule(delay) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
          this.timer = 0;
          this.next();
        }, Math.max(delay, this.earliest - Date.now()));
      }
      async next() {
        if (this.stopper || this.waiting === null) return;
        const question = this.waiting;
        const stopper = new AbortController();
        [this.waiting, this.stopper] = [null, stopper];
        try {
          const answer = await call(question.path, question.body, stopper.signal);
          if (!stopper.signal.aborted) this.show(question, answer);
        } catch (error) {
          if (stopper.signal.aborted) {
            // It was given up on purpose.
          } else if (error instanceof Refusal && error.wait > 0) {
            this.waiting ??= question;
            this.earliest = Date.now() + error.wait * 1000;
            this.fail(null, told("busy", error.wait), question);
          } else {
            this.fail(error.message, null, question);
          }
        }
        this.stopper = null;
        if (this.waiting !== null && this.timer === 0) this.schedule(0);
      }
    }

    /* A text with parts that stand out. Arrow keys go from part to part, so that the Tab key need not stop at each of them. */
    function showParts(box, text, parts, on = {}) {
      const pieces = [];
      let place = 0;
      const between = end => {
        if (end <= place) return;
        const gap = text.slice(place, end);
        pieces.push(on.gap ? make("span", { class: on.gap }, gap) : gap);
        place = end;
      };
      const spans = [];
      for (const part of parts) {
        // Parts that overlap cannot stand side by side.
        if (part.start < place || part.end <= part.start) continue;
        between(part.start);
        const span = make(on.tag ?? "span", {
          class: `part ${part.kind}`, title: part.title, tabindex: spans.length === 0 ? "0" : "-1", "data-badge": part.badge
        }, text.slice(part.start, part.end));
        if (part.strength !== undefined) span.style.setProperty("--v", part.strength.toFixed(3));
        if (part.value !== undefined) span.dataset.value = part.value;
        span.piece = part;
        spans.push(span);
        pieces.push(span);
        place = part.end;
      }
      between(text.length);
      box.replaceChildren(...pieces);
      const over = event => event.target.closest?.(".part");
      const tell = span => { if (span && on.told) on.told.textContent = span.piece.title; };
      box.onpointerover = event => tell(over(event));
      box.told = span => tell(span);
      if (!box.isHeard) box.addEventListener("focusin", event => box.told(over(event)));
      box.isHeard = true;
      box.onclick = event => { if (over(event) && on.pick) on.pick(over(event).piece); };
      box.onkeydown = event => {
        const now = spans.indexOf(over(event));
        if (now < 0) return;
        const steps = {
          ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1, Home: 0, End: spans.length - 1
        };
        if (event.key === "Enter" && on.pick && !event.ctrlKey && !event.metaKey) on.pick(spans[now].piece);
        const next = event.altKey || event.ctrlKey || event.metaKey ? null : spans[steps[event.key]];
        if (!next) return;
        event.preventDefault();
        spans[now].tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      };
    }
    """#
}
