extension ServicePageScript {
  /// What is asked while somebody types.
  static let asking = #"""
    /* Asking while the reader types. */
    const address = (model, operation) => `v1/${encodeURIComponent(model.name)}${operation ? `/${operation}` : ""}`
      + (model.isOneOfMany ? `?version=${encodeURIComponent(model.version)}` : "");

    function showProblem(sentence) {
      at("problem").hidden = !sentence;
      at("problem").textContent = sentence ?? "";
    }
    function showNote(sentence) {
      at("note").hidden = !sentence;
      at("note").textContent = sentence ?? "";
    }
    function failed(problem, note) {
      showProblem(problem);
      showNote(note);
    }
    const channels = {
      answer: new Channel(60, showAnswer, (problem, note) => {
        // An answer to another text would be taken for that of this one.
        if (problem) clearShown();
        failed(problem, note);
      }),
      why: new Channel(250, showWhy, (problem, note) => {
        if (problem) {
          clearWhy();
          at("why").hidden = false;
        }
        at("why-problem").textContent = problem ?? note ?? "";
      }),
      languages: new Channel(250, showLanguages, failed)
    };

    /* What the model is asked about the texts that stand there; null where nothing stands there. */
    function question(operation, more = {}) {
      const model = page.model;
      const texts = [wellFormed(at("first").value)];
      if (!model) return null;
      if (model.task === "matching") texts.push(wellFormed(at("second").value));
      if (texts.some(text => text === "")) return null;
      const body = texts.length === 2 ? { first: texts[0], second: texts[1], ...more } : { text: texts[0], ...more };
      return { model, text: texts[0], texts, path: address(model, operation), body };
    }

    function clearWhy() {
      delete page.last.why;
      for (const id of ["title", "text1", "text2", "told", "line", "hint", "problem"]) at(`why-${id}`).replaceChildren();
      at("why").hidden = true;
    }
    function clearShown() {
      page.last = {};
      page.token = null;
      for (const id of ["headline", "answer-caption", "bars", "marked-text", "marked-told", "marked-legend", "languages-text"]) {
        at(id).replaceChildren();
      }
      for (const id of ["marked", "languages"]) at(id).hidden = true;
      clearWhy();
      at("empty").hidden = false;
      announce("");
    }
    function clearAnswer() {
      for (const channel of Object.values(channels)) channel.forget();
      clearShown();
      failed(null, null);
    }

    function askWhy(isAtOnce = false) {
      const model = page.model;
      if (!model || (!model.can.includes("explain") && !model.canWithLabels.includes("explain"))) return;
      const isLabelled = page.label !== null && ["classification", "matching", "embedding"].includes(model.task);
      const more = { ...(isLabelled ? { label: page.label } : {}), ...withLabels(model, "explain") };
      const asked = at("why-switch").checked && does(model, "explain") ? question("explain", more) : null;
      if (asked) channels.why.ask(asked, isAtOnce);
      else {
        channels.why.forget();
        clearWhy();
      }
    }
    function askLanguages(isAtOnce = false) {
      const asked = page.model?.isLanguages && at("parts-switch").checked ? question("detect", { spans: true }) : null;
      if (asked) channels.languages.ask(asked, isAtOnce);
      else {
        channels.languages.forget();
        at("languages").hidden = true;
      }
    }

    /* Asks everything anew. */
    function ask(isAtOnce = false) {
      const model = page.model;
      const all = at("first").value + (model?.task === "matching" ? at("second").value : "");
      at("size").textContent = all === "" ? "" : told("characters", count(scalarPlaces(all).length - 1));
      showProgram();
      if (!model || isWriter(model)) return;
      const isPredicting = does(model, "predict");
      const asked = question(isPredicting ? predicting(model) : "embed", isPredicting ? { top: 8, ...withLabels(model, "predict") } : {});
      if (!asked) {
        clearAnswer();
        return;
      }
      channels.answer.ask(asked, isAtOnce);
      askWhy(isAtOnce);
      askLanguages(isAtOnce);
    }

    /* A language model goes on with the text. */
    let writing = null;
    async function goOn() {
      if (writing) {
        writing.abort();
        return;
      }
      const model = page.model;
      const text = wellFormed(at("first").value);
      const number = (id, usual) => at(id).value === "" || !at(id).checkValidity() ? usual : Number(at(id).value);
      const body = { text, length: number("length", 200), temperature: number("temperature", 1), seed: number("seed", 1) };
      const stopper = writing = new AbortController();
      const button = at("go-on");
      button.textContent = told("stop");
      failed(null, null);
      try {
        for (;;) {
          try {
            const answer = await call(address(model, "generate"), body, stopper.signal);
            if (stopper.signal.aborted || model !== page.model) break;
            const given = make("span", { class: "unread" }, text);
            at("headline").replaceChildren(make("p", { class: "written", dir: "auto" }, given, answer.text));
            at("empty").hidden = true;
            announce(answer.text);
            showNote(null);
            break;
          } catch (error) {
            if (!error.wait) throw error;
            showNote(told("busy", error.wait));
            await sleep(error.wait, stopper.signal);
          }
        }
      } catch (error) {
        if (error.name !== "AbortError") failed(error.message, null);
        else showNote(null);
      }
      writing = null;
      button.textContent = told("goOn");
    }

    /* Many short lines at once are more likely rows than a text. */
    function offerRows(text) {
      const lines = text.split(/\r\n|\r|\n/).filter(line => line.trim() !== "").length;
      const isTable = lines >= 5 && answersTables(page.model);
      at("offer").hidden = !isTable;
      if (isTable) at("offer-text").textContent = told("manyLines", count(lines));
    }

    function clearTexts() {
      for (const id of ["first", "second"]) at(id).value = "";
      at("offer").hidden = true;
      page.label = null;
      clearAnswer();
      ask();
      at("first").focus();
    }

    function listen() {
      for (const id of ["first", "second"]) {
        // While characters are being composed, as in Chinese, the text is not yet what is meant.
        at(id).addEventListener("input", event => { if (!event.isComposing) ask(); });
        at(id).addEventListener("compositionend", () => ask());
        at(id).addEventListener("paste", event => offerRows(event.clipboardData?.getData("text/plain") ?? ""));
      }
      let named = "";
      const nameLabels = () => {
        const labels = JSON.stringify(namedLabels(page.model));
        // Blanks and commas change nothing, and answers of a table stay.
        if (labels === named) return;
        named = labels;
        page.label = null;
        readTable();
        ask();
      };
      at("names").addEventListener("input", event => { if (!event.isComposing) nameLabels(); });
      at("names").addEventListener("compositionend", nameLabels);
      at("go-on").addEventListener("click", goOn);
      at("offer-take").addEventListener("click", () => {
        at("offer").hidden = true;
        openTable(at("first").value, null);
      });
      for (const [id, react] of [["why-switch", askWhy], ["parts-switch", askLanguages]]) {
        const saved = remembered(id);
        if (saved !== null) at(id).checked = saved === "true";
        at(id).addEventListener("change", () => {
          remember(id, at(id).checked);
          react(true);
        });
      }
      for (const id of ["length", "temperature", "seed"]) at(id).addEventListener("input", showProgram);
    }
    """#
}
