extension ServicePageScript {
  /// Labels with bars, marked texts, and why.
  static let answers = #"""
    /* Answers of every kind. */
    const isSeveral = model => model.several === true;
    const isWriter = model => model.can.includes("generate");

    /* Labels that a base of vectors knows by their names: what the reader wrote; null where there are too few to choose from. */
    function namedLabels(model) {
      if (!model || model.canWithLabels.length === 0) return null;
      const names = wellFormed(at("names").value).split(/[,，、;；\n]/).map(name => name.trim()).filter(name => name !== "");
      const labels = [...new Set(names)];
      return labels.length < 2 ? null : labels;
    }
    /* Whether a model does something, as things stand. */
    const does = (model, operation) => model.can.includes(operation)
      || (model.canWithLabels.includes(operation) && namedLabels(model) !== null);
    /* The place where predictions are asked for: a base says vectors where none is named. */
    const predicting = model => model.can.includes("predict") ? null : "predict";
    /* What a question has besides its text, where labels come with it. */
    function withLabels(model, operation) {
      const labels = model.canWithLabels.includes(operation) ? namedLabels(model) : null;
      return labels ? { labels } : {};
    }

    /* The English or Chinese name of a language, where the code is one that is known. */
    function languageName(code, language = page.language) {
      try {
        return new Intl.DisplayNames([language], { type: "language", fallback: "none" }).of(code.replaceAll("_", "-")) ?? null;
      } catch { return null; }
    }
    /* Whether a classifier tells languages: most of its labels look like codes, and are codes of languages that have a name. */
    function tellsLanguages(model) {
      if (!model.can.includes("detect") || model.labels.length < 2) return false;
      const codes = model.labels.filter(label => /^[a-z]{2,3}([-_][A-Z][a-z]{3})?([-_]([A-Z]{2}|\d{3}))?$/.test(label));
      return codes.length * 2 >= model.labels.length
        && codes.filter(code => languageName(code, "en")).length * 2 > model.labels.length;
    }
    function labelParts(label, model) {
      const name = model.isLanguages ? languageName(label) : null;
      return name ? [make("bdi", {}, name), " ", make("small", {}, make("bdi", {}, label))] : [make("bdi", {}, label)];
    }

    /* A colour for each type, the same while the model is the same. */
    const colours = 8;
    function kindOf(model, type) {
      if (!model.kinds.has(type)) model.kinds.set(type, model.kinds.size % colours);
      return `k${model.kinds.get(type)}`;
    }
    function legend(model, types, name = type => [make("bdi", {}, type)]) {
      return make("p", { class: "legend" }, ...types.map(type =>
        make("span", { class: type === null ? "key none" : `key ${kindOf(model, type)}` },
          ...(type === null ? [told("unknown")] : name(type)))));
    }

    function headline(children, isUnknown = false) {
      return make("p", { class: isUnknown ? "headline unknown" : "headline" }, ...children);
    }

    /* Labels with bars. Rows that stay keep their elements, so that bars glide and the focus is not lost. */
    function showBars(list, model, hypotheses, given, onPick) {
      const focus = list.contains(document.activeElement) ? document.activeElement : null;
      const old = new Map([...list.children].map(row => [row.label, row]));
      const rows = hypotheses.map(({ label, probability }) => {
        let row = old.get(label);
        if (!row) {
          const name = onPick
            ? make("button", { type: "button", class: "name", click: () => onPick(label) }, ...labelParts(label, model))
            : make("span", { class: "name" }, ...labelParts(label, model));
          const bar = make("div", { class: "meter", role: "meter", "aria-valuemin": 0, "aria-valuemax": 1 }, make("i"));
          row = make("li", { class: "row" }, name, bar, make("span", { class: "percent" }));
          row.label = label;
        }
        const [name, meter, number] = row.children;
        row.classList.toggle("given", given.includes(label));
        if (onPick) {
          name.setAttribute("aria-pressed", page.label === label);
          name.title = told("whyThis", label);
        }
        meter.setAttribute("aria-label", given.includes(label) ? `${label} (${told("assigned")})` : label);
        meter.setAttribute("aria-valuenow", probability);
        meter.setAttribute("aria-valuetext", percent(probability));
        meter.firstChild.style.width = `${Math.min(Math.max(probability, 0), 1) * 100}%`;
        number.textContent = percent(probability);
        return row;
      });
      const same = rows.length === list.children.length && rows.every((row, place) => list.children[place] === row);
      if (!same) list.replaceChildren(...rows);
      if (focus?.isConnected && document.activeElement !== focus) focus.focus();
    }

    /* What the answer is, in one line, for those who hear the page. */
    let announcing = 0;
    function announce(text) {
      clearTimeout(announcing);
      announcing = setTimeout(() => { at("told").textContent = text; }, 700);
    }

    function showAnswer(question, answer) {
      const model = question.model;
      page.last.answer = [question, answer];
      showProblem(null);
      showNote(null);
      const [head, caption, list, marked] = ["headline", "answer-caption", "bars", "marked"].map(at);
      const explains = does(model, "explain") ? label => {
        page.label = page.label === label ? null : label;
        if (!at("why-switch").checked) at("why-switch").click();
        showAnswer(...page.last.answer);
        askWhy(true);
      } : null;
      let [heading, note, hypotheses, given, spoken] = [[], "", [], [], ""];
      if (answer.sentences) {
        spoken = showTags(question, answer);
        marked.hidden = false;
      } else {
        marked.hidden = true;
        hypotheses = (answer.predictions ?? []).map(({ label, grade, probability }) => ({ label: label ?? String(grade), probability }));
      }
      if (answer.vector) {
        spoken = told("vector", answer.vector.length);
        heading = [headline([spoken])];
        note = answer.vector.slice(0, 8).map(number => number.toFixed(3)).join("  ") + (answer.vector.length > 8 ? " …" : "");
      } else if (answer.labels) {
        given = answer.labels;
        spoken = given.join(", ") || told("noneAssigned");
        heading = given.length === 0 ? [headline([told("noneAssigned")], true)]
          : [headline(given.map(label => make("span", { class: "chosen" }, ...labelParts(label, model))))];
        if (given.length === 0) note = told("noneAssignedNote");
      } else if (answer.score !== undefined && answer.label === undefined) {
        spoken = `${told("score")} ${answer.score}`;
        const number = make("b", { class: "score", "data-score": answer.score }, new Intl.NumberFormat(page.language,
          { maximumFractionDigits: 4 }).format(answer.score));
        const name = answer.grade === undefined ? told("score") : told("grade", answer.grade);
        heading = [headline([number, make("small", {}, name)])];
        if (answer.grade !== undefined) given = [String(answer.grade)];
        // Grades stand in their order, so that the eye sees where they lie.
        hypotheses.sort((a, b) => Number(a.label) - Number(b.label));
      } else if (answer.label !== undefined) {
        const first = hypotheses.find(each => each.label === answer.label);
        if (answer.label === null) {
          heading = [headline([told("unknown")], true)];
          spoken = told("unknown");
          note = told("unknownNote");
        } else {
          given = [answer.label];
          hypotheses = first ? [first, ...hypotheses.filter(each => each !== first)] : hypotheses;
          const score = answer.score === undefined ? "" : `${told("score")} ${answer.score}`;
          const more = first ? percent(first.probability) : score;
          heading = [headline([...labelParts(answer.label, model), make("small", {}, more)])];
          spoken = `${answer.label} ${more}`;
        }
      }
      head.replaceChildren(...heading);
      const all = question.body.labels?.length ?? model.labels.length;
      if (!note && hypotheses.length > 1 && hypotheses.length < all) note = told("of", hypotheses.length, count(all));
      caption.textContent = note;
      list.classList.toggle("faint", answer.label === null || answer.labels?.length === 0);
      showBars(list, model, hypotheses, given, answer.score === undefined || answer.label !== undefined ? explains : null);
      at("empty").hidden = true;
      announce(spoken);
    }

    /* Spans, or tokens where tags mark no spans, in their places. */
    function showTags(question, answer) {
      const { text, model } = question;
      const places = scalarPlaces(text);
      const sentences = answer.sentences;
      const spans = sentences.flatMap(sentence => sentence.spans);
      const marks = spans.length > 0 ? spans
        : sentences.flatMap(sentence => sentence.tokens).filter(token => token.tag !== "O")
          .map(token => ({ ...token, type: token.tag }));
      const types = [...new Set(marks.map(mark => mark.type))].filter(type => type !== "");
      showParts(at("marked-text"), text, marks.map((mark, place) => ({
        start: places[mark.start], end: places[mark.end], badge: mark.type || null, from: mark.start, to: mark.end,
        // Words without a type are told apart by two shades.
        kind: mark.type === "" ? `word${place % 2}` : kindOf(model, mark.type),
        title: `${mark.text}${mark.type ? ` · ${mark.type}` : ""} · ${percent(mark.probability)}`
      })), {
        tag: "mark", told: at("marked-told"),
        pick: part => {
          page.token = part.from;
          if (!at("why-switch").checked) at("why-switch").click();
          if (page.last.why) showWhy(...page.last.why);
        }
      });
      at("marked-told").textContent = marks.length === 0 ? told("noTags") : "";
      at("marked-legend").replaceChildren(legend(model, types));
      return marks.length === 0 ? told("noTags") : marks.slice(0, 20).map(mark => `${mark.text} ${mark.type}`).join(", ");
    }

    /* The characters of the text by what they add to the answer. */
    function showWhy(question, answer) {
      page.last.why = [question, answer];
      const box = at("why");
      const list = Array.isArray(answer) ? answer : [answer];
      let chosen = list[0];
      if (Array.isArray(answer)) {
        const token = page.token;
        chosen = list.find(each => each.token.start <= token && token < each.token.end) ?? chosen;
      }
      box.hidden = !chosen;
      at("why-problem").textContent = "";
      if (!chosen) return;
      const { model, texts } = question;
      const label = chosen.label ? labelParts(chosen.label, model) : [];
      const title = chosen.token ? [make("bdi", {}, chosen.token.text), " · ", ...label] : label;
      const [before, after] = told("whyOf");
      at("why-title").replaceChildren(...(title.length > 0 ? [before, ...title, after] : [told("why")]));
      const strongest = chosen.contributions.reduce((most, each) => Math.max(most, Math.abs(each.value)), 0);
      texts.forEach((text, number) => {
        const places = scalarPlaces(text);
        const own = chosen.contributions.filter(each => (each.text ?? 1) === number + 1);
        const parts = own.map(each => {
          const [start, end] = [places[each.start], places[each.end]];
          const share = strongest > 0 ? Math.abs(each.value) / strongest : 0;
          const kind = share < 0.02 ? "" : each.value > 0 ? "plus" : "minus";
          const seen = text.slice(start, end);
          const title = `${seen.trim() === "" ? "␣" : seen} ${signed(each.value)}`;
          return { start, end, kind, strength: share, value: each.value, title };
        });
        showParts(at(`why-text${number + 1}`), text, parts, { told: at("why-told"), gap: "unread" });
      });
      at("why-text2").hidden = texts.length < 2;
      at("why-told").textContent = "";
      const isOdds = chosen.probability !== undefined;
      const line = [
        told("whyLine", told(isOdds ? "odds" : "score"), signed(chosen.total), signed(chosen.baseline)),
        isOdds ? told("probability", percent(chosen.probability)) : null, told(chosen.method), told(chosen.part),
        chosen.unreadCharacters > 0 ? told("unread", count(chosen.unreadCharacters)) : null
      ];
      at("why-line").textContent = line.filter(part => part).join(" · ");
      const pick = { tagging: "pickToken", classification: "pick", matching: "pick", embedding: "pick" }[model.task];
      at("why-hint").textContent = [pick ? told(pick) : null, told("arrows")].filter(part => part).join(" ");
    }

    /* The languages of the parts of a text. */
    function showLanguages(question, answer) {
      const { text, model } = question;
      page.last.languages = [question, answer];
      const places = scalarPlaces(text);
      const name = code => code === null ? told("unknown") : languageName(code) ?? code;
      showParts(at("languages-text"), text, answer.spans.map(span => ({
        start: places[span.start], end: places[span.end], badge: span.language ?? "?",
        kind: span.language === null ? "none" : kindOf(model, span.language),
        title: `${name(span.language)} · ${percent(span.probability)}`
      })), { tag: "mark", told: at("languages-told") });
      at("languages-told").textContent = "";
      const all = [...new Set(answer.spans.map(span => span.language))];
      at("languages-legend").replaceChildren(legend(model, all, code => [name(code)]));
      at("languages").hidden = false;
    }
    """#
}
