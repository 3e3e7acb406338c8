extension ServicePageScript {
  /// Many texts at once.
  static let table = #"""
    /* Many texts: a table goes in, and comes back with answers. */
    const table = { text: null, run: null };
    const mostTexts = 200;
    const mostBytes = 200_000;
    const answersTables = model => Boolean(model && does(model, "predict"));

    /* The characters of a file, whatever wrote it. */
    function decoded(bytes) {
      const starts = (...mark) => mark.every((byte, place) => bytes[place] === byte);
      const decode = (encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
      if (starts(0xff, 0xfe)) return { text: decode("utf-16le", false), encoding: "UTF-16", hasMark: true };
      if (starts(0xfe, 0xff)) return { text: decode("utf-16be", false), encoding: "UTF-16", hasMark: true };
      try { return { text: decode("utf-8", true), encoding: null, hasMark: starts(0xef, 0xbb, 0xbf) }; } catch { /* It is older. */ }
      // What spreadsheets wrote in China; else in the West. Only the mark tells them that the download is UTF-8.
      try { return { text: decode("gb18030", true), encoding: "GB18030", hasMark: true }; } catch { /* It is neither. */ }
      return { text: decode("windows-1252", false), encoding: "Windows-1252", hasMark: true };
    }
    async function openFile(file) {
      const { text, encoding, hasMark } = decoded(new Uint8Array(await file.arrayBuffer()));
      openTable(text, file.name, encoding, hasMark);
    }
    /* Whatever is under way is of no interest any more. */
    function dropRun() {
      table.run?.abort();
      table.run = null;
    }
    function openTable(text, name, encoding = null, hasMark = false) {
      dropRun();
      Object.assign(table, { text, name, encoding, hasMark, format: formatOf(text, name), header: null, chosen: null });
      at("format").value = table.format;
      readTable();
      at("many").open = true;
      at("table").scrollIntoView({ block: "nearest" });
    }

    /* Reads the rows anew, where the reader says that they are something else. */
    function readTable() {
      const { text, format } = table;
      if (text === null) return;
      dropRun();
      const read = readFile(text, format);
      const header = format === "jsonl" ? false : table.header ?? hasHeader(read.records, format);
      const isEmpty = record => format === "jsonl" ? record.raw.trim() === "" : record.raw === "";
      const headerPlace = header ? read.records.findIndex(record => !isEmpty(record)) : -1;
      const names = read.names ?? Array.from({ length: read.width }, (_, column) =>
        (header ? read.records[headerPlace]?.fields[column]?.trim() : "") || told("nthColumn", column + 1));
      const rows = read.records.map((_, place) => place).filter(place => place !== headerPlace && !isEmpty(read.records[place]));
      Object.assign(table, { taken: null }, read, { names, rows, headerPlace, hasHeader: header });
      const problem = tableProblem(read);
      Object.assign(table, { answers: [], asked: 0, message: null, model: null, problem });
      at("header").checked = header;
      at("header").disabled = format === "jsonl";
      const wanted = page.model?.task === "matching" ? 2 : 1;
      const usual = table.chosen?.length === wanted ? table.chosen : textColumns(rows.map(row => read.records[row]), names, wanted);
      for (const [place, id] of ["column1", "column2"].entries()) {
        at(id).replaceChildren(...names.map((name, column) => make("option", { value: column }, name)));
        at(id).value = String(usual[place] ?? usual[0] ?? 0);
      }
      at("column2-field").hidden = wanted < 2;
      at("column1-name").textContent = told(wanted < 2 ? "column" : "columnFirst");
      at("start").disabled = problem !== null;
      showTable();
    }
    function tableProblem(read) {
      if (!answersTables(page.model)) return told(page.model?.canWithLabels.includes("predict") ? "needsNames" : "noTable");
      if (read.unclosed > 0) return told("unclosed", read.unclosed);
      if (read.broken) return told("noObject", read.broken);
      if (table.rows.length === 0 || read.width === 0) return told("noRows");
      return page.model.task === "matching" && read.width < 2 ? told("twoColumns") : null;
    }
    const columns = () => (page.model?.task === "matching" ? ["column1", "column2"] : ["column1"]).map(id => Number(at(id).value));
    const textsOf = place => columns().map(column => wellFormed(table.records[place].fields[column] ?? ""));

    /* What is known of the table, and its first rows. */
    function showTable() {
      if (table.text === null) return;
      const { rows, answers, asked } = table;
      at("table").hidden = false;
      const facts = [table.name ?? told("pasted"), told("rows", count(rows.length)), table.encoding && told("encoding", table.encoding)];
      at("table-name").textContent = facts.filter(fact => fact).join(" · ");
      at("table-problem").textContent = table.problem ?? "";
      at("table-problem").hidden = !table.problem;
      const isRunning = table.run !== null;
      at("progress").hidden = !isRunning && asked === 0;
      at("progress").max = Math.max(rows.length, 1);
      at("progress").value = asked;
      at("start").hidden = isRunning;
      at("halt").hidden = !isRunning;
      at("save").hidden = isRunning || asked === 0;
      at("start").classList.toggle("main", at("save").hidden);
      at("save").textContent = told(asked < rows.length ? "saveSome" : "save");
      at("table-line").textContent = table.message ? table.message() : "";
      const model = table.model ?? page.model;
      const names = model && answersTables(model) ? answerColumns(model, answers.find(each => each)).map(([name]) => name) : [];
      const first = rows.slice(0, 20);
      at("preview-caption").textContent = told("preview", told("rows", first.length));
      const cell = (value, kind) => make("td", { class: kind }, make("bdi", {}, value.length > 160 ? `${value.slice(0, 160)}…` : value));
      const values = place => {
        if (!answers[place]) return names.map(() => cell("", "answered"));
        return answerColumns(model, answers[place]).map(([name, value]) => {
          if (name === "label" && value === null) return cell(told("unknown"), "answered unknown");
          if (name === "labels" && value.length === 0) return cell(told("noneAssigned"), "answered unknown");
          const marks = name === "spans" || name === "tags" ? value.map(each => `${each.text} ${each.type ?? each.tag}`) : null;
          if (marks) return cell(marks.join(", "), "answered");
          return cell(name === "probability" ? percent(value) : plainValue(value), "answered");
        });
      };
      const chosen = columns();
      at("preview-head").replaceChildren(make("tr", {}, make("th", { scope: "col" }, told("row")),
        ...chosen.map(column => make("th", { scope: "col" }, make("bdi", {}, table.names[column] ?? ""))),
        ...names.map(name => make("th", { scope: "col", class: "answered" }, name))));
      at("preview-body").replaceChildren(...first.map((place, number) => make("tr", {}, make("th", { scope: "row" }, String(number + 1)),
        ...textsOf(place).map(text => cell(text, "own")), ...values(place))));
    }

    /* The next texts that go to the server together. */
    function nextBatch(rows, start) {
      const encoder = new TextEncoder();
      let [end, bytes] = [start, 0];
      while (end < rows.length && end - start < mostTexts) {
        bytes += textsOf(rows[end]).reduce((sum, text) => sum + encoder.encode(text).length, 0);
        if (end > start && bytes > mostBytes) break;
        end += 1;
      }
      return end;
    }

    async function answerTable() {
      const model = page.model;
      const { rows, answers } = table;
      const run = table.run = new AbortController();
      answers.length = 0;
      Object.assign(table, { model, asked: 0, problem: null, message: () => told("progress", count(0), count(rows.length)) });
      const started = performance.now();
      let end = 0;
      showTable();
      at("halt").focus();
      try {
        for (let start = 0; start < rows.length; start = end) {
          end = nextBatch(rows, start);
          const texts = rows.slice(start, end).map(place => textsOf(place));
          const body = model.task === "matching" ? { pairs: texts, top: 1 }
            : { texts: texts.map(([text]) => text), top: 1, ...withLabels(model, "predict") };
          let given;
          while (!given) {
            try {
              given = await call(address(model, predicting(model)), body, run.signal);
            } catch (error) {
              if (!error.wait) throw Object.assign(error, { rows: [start + 1, end] });
              at("table-line").textContent = told("busy", error.wait);
              await sleep(error.wait, run.signal);
            }
          }
          if (run.signal.aborted) break;
          if (given.length !== end - start) throw Object.assign(new Error(told("wrongCount")), { rows: [start + 1, end] });
          given.forEach((answer, place) => { answers[rows[start + place]] = answer; });
          table.asked = end;
          const seconds = (performance.now() - started) / 1000;
          const [rate, left] = [end / seconds, (rows.length - end) * seconds / end];
          table.message = () => [told("progress", count(table.asked), count(rows.length)), told("rate", count(Math.round(rate))),
            told("left", duration(left))].join(" · ");
          showTable();
        }
      } catch (error) {
        const [first, last] = error.rows ?? [];
        if (error.name !== "AbortError") table.problem = first ? told("failed", count(first), count(last), error.message) : error.message;
      }
      // Another table may have been opened meanwhile.
      if (table.run !== run) return;
      table.run = null;
      const seconds = (performance.now() - started) / 1000;
      table.message = table.asked < rows.length ? () => told("stopped", count(table.asked), count(rows.length))
        : () => told("done", told("rows", count(rows.length)), duration(seconds));
      showTable();
      announce(at("table-problem").textContent || at("table-line").textContent);
      (at("save").hidden ? at("start") : at("save")).focus();
    }

    function saveTable() {
      const kinds = { jsonl: "application/jsonl", tab: "text/tab-separated-values" };
      const link = make("a", { href: URL.createObjectURL(new Blob(writeFile(table), { type: kinds[table.format] ?? "text/csv" })) });
      const [, stem, ending] = (table.name ?? "texts").match(/^(.*?)(\.[A-Za-z]+)?$/s);
      const usual = { jsonl: ".jsonl", tab: ".tsv" }[table.format] ?? ".csv";
      link.download = `${stem}.answers${table.format === "lines" ? ".csv" : ending ?? usual}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }

    function listenToTable() {
      at("file").addEventListener("change", () => {
        if (at("file").files[0]) openFile(at("file").files[0]);
        // So that the same file can be chosen again.
        at("file").value = "";
      });
      at("choose").addEventListener("click", () => at("file").click());
      at("read").addEventListener("click", () => { if (at("rows").value.trim() !== "") openTable(at("rows").value, null); });
      at("format").addEventListener("change", () => {
        Object.assign(table, { format: at("format").value, header: null, chosen: null });
        readTable();
      });
      at("header").addEventListener("change", () => {
        table.header = at("header").checked;
        readTable();
      });
      for (const id of ["column1", "column2"]) {
        at(id).addEventListener("change", () => {
          table.chosen = columns();
          readTable();
        });
      }
      at("start").addEventListener("click", answerTable);
      at("halt").addEventListener("click", () => table.run?.abort());
      at("save").addEventListener("click", saveTable);
      let depth = 0;
      const hasFile = event => [...event.dataTransfer?.types ?? []].includes("Files");
      const over = isOver => document.body.classList.toggle("dropping", isOver);
      addEventListener("dragenter", event => { if (hasFile(event)) over((depth += 1) > 0); });
      addEventListener("dragleave", event => { if (hasFile(event)) over((depth -= 1) > 0); });
      addEventListener("dragover", event => { if (hasFile(event)) event.preventDefault(); });
      addEventListener("drop", event => {
        over(false);
        depth = 0;
        if (!hasFile(event)) return;
        event.preventDefault();
        if (event.dataTransfer.files[0]) openFile(event.dataTransfer.files[0]);
      });
    }
    """#
}
