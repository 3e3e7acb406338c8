extension ServicePageScript {
  /// Files of texts: tables, lines, JSON lines. Nothing here touches the page.
  static let records = #"""
    /* Files of texts: read so that every record keeps its own characters, and written again with answers beside them. */
    const separators = { comma: ",", semicolon: ";", tab: "\t" };

    /* The records of a table (RFC 4180). It is loose where something follows the end of a quotation: then marks may quote nothing. */
    function readRecords(text, separator, quotes = true) {
      const records = [];
      let place = 0;
      let isLoose = false;
      while (place < text.length) {
        const start = place;
        const fields = [];
        for (let isMore = true; isMore;) {
          let value = "";
          if (quotes && text[place] === '"') {
            place += 1;
            for (let isOpen = true; isOpen;) {
              const quote = text.indexOf('"', place);
              if (quote < 0) return { records, unclosed: records.length + 1, isLoose };
              value += text.slice(place, quote);
              place = quote + 1;
              isOpen = text[place] === '"';
              if (isOpen) {
                value += '"';
                place += 1;
              }
            }
            isLoose ||= place < text.length && ![separator, "\n", "\r"].includes(text[place]);
          }
          const from = place;
          while (place < text.length && text[place] !== separator && text[place] !== "\n" && text[place] !== "\r") place += 1;
          fields.push(value + text.slice(from, place));
          isMore = text[place] === separator;
          if (isMore) place += 1;
        }
        const raw = text.slice(start, place);
        const end = place >= text.length ? "" : text[place] === "\r" && text[place + 1] === "\n" ? "\r\n" : text[place];
        place += end.length;
        records.push({ raw, end, fields });
      }
      return { records, unclosed: 0, isLoose };
    }
    /* The lines of a text. */
    function readLines(text) {
      return (text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []).map(line => {
        const raw = line.replace(/[\r\n]+$/, "");
        return { raw, end: line.slice(raw.length), fields: [raw] };
      });
    }
    const quoted = (value, separator) =>
      value.includes(separator) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

    /* What a file is, by its name or by its first rows. */
    function formatOf(text, name) {
      const ending = (name ?? "").toLowerCase().match(/\.([a-z]+)$/)?.[1] ?? "";
      if (["jsonl", "ndjson"].includes(ending) || /^\s*\{/.test(text)) {
        try {
          const first = JSON.parse(readLines(text).find(line => line.raw.trim() !== "").raw);
          if (typeof first === "object") return "jsonl";
        } catch {
          if (ending === "jsonl" || ending === "ndjson") return "jsonl";
        }
      }
      if (ending === "txt") return "lines";
      if (ending === "tsv") return "tab";
      const head = text.slice(0, 100_000);
      const found = Object.entries(separators).map(([format, separator]) => {
        const { records } = readRecords(head, separator);
        const widths = records.slice(0, 20).filter(record => record.raw !== "").map(record => record.fields.length);
        return { format, width: widths[0] ?? 1, isEven: widths.every(width => width === widths[0]) };
      }).filter(each => each.width > 1);
      if (ending === "csv") {
        found.sort((a, b) => b.isEven - a.isEven || b.width - a.width);
        return found[0]?.format ?? "comma";
      }
      // Commas in what is pasted may be those of sentences.
      return found.filter(each => each.isEven).sort((a, b) => b.width - a.width)[0]?.format ?? "lines";
    }

    /* A file as rows. Those without anything in them get no answer. */
    function readFile(text, format) {
      if (format === "lines") return { records: readLines(text), width: 1, unclosed: 0 };
      if (format !== "jsonl") {
        let read = readRecords(text, separators[format]);
        // Tables with tabs often have quotation marks that quote nothing.
        if ((read.unclosed > 0 || read.isLoose) && format === "tab") read = readRecords(text, "\t", false);
        return { ...read, width: read.records.reduce((most, record) => Math.max(most, record.fields.length), 1) };
      }
      const records = readLines(text);
      const names = [];
      const taken = new Set();
      for (const [place, record] of records.entries()) {
        if (record.raw.trim() === "") continue;
        try { record.object = JSON.parse(record.raw); } catch { record.object = null; }
        if (typeof record.object !== "object" || !record.object) return { records, width: 1, unclosed: 0, broken: place + 1 };
        for (const [name, value] of Object.entries(record.object)) {
          taken.add(name);
          if (typeof value === "string" && !names.includes(name) && names.length < 200) names.push(name);
        }
      }
      for (const record of records) record.fields = names.map(name => record.object?.[name] ?? "");
      return { records, width: names.length, unclosed: 0, names, taken: [...taken] };
    }

    const knownNames = [
      ["text", "文本"], ["content", "内容", "正文"], ["sentence", "句子"],
      ["review", "评论", "comment", "message"], ["title", "标题"]
    ];
    const pairNames = [["text1", "text2"], ["first", "second"], ["sentence1", "sentence2"], ["question1", "question2"],
      ["premise", "hypothesis"], ["query", "document"], ["text_a", "text_b"], ["a", "b"]];
    const otherNames = ["id", "label", "labels", "score", "date", "name", "category", "标签", "类别"];
    const isName = (field, names) => names.includes(field.trim().toLowerCase());

    /* Whether the first row says what the columns are. */
    function hasHeader(records, format) {
      const [first, ...rest] = records.slice(0, 50).filter(record => record.raw !== "");
      if (!first || format === "jsonl") return false;
      const all = [...knownNames, ...pairNames, otherNames].flat();
      if (first.fields.some(field => isName(field, all))) return true;
      if (format === "lines" || rest.length === 0) return false;
      const fields = first.fields.map(field => field.trim());
      const areNames = fields.every(field => field !== "" && field.length <= 40 && !/^[-+\d.,%]+$/.test(field))
        && new Set(fields).size === fields.length;
      const longest = record => Math.max(...record.fields.map(field => field.length));
      const usual = rest.map(longest).sort((a, b) => a - b)[Math.floor(rest.length / 2)];
      return areNames && longest(first) * 2 < usual;
    }
    /* The columns with the texts, one or two. */
    function textColumns(records, names, wanted) {
      const pair = pairNames.map(names2 => names2.map(name => names.findIndex(each => isName(each, [name]))))
        .find(places => places.every(place => place >= 0));
      if (wanted === 2 && pair) return pair;
      const sample = records.slice(0, 200);
      const length = column => sample.reduce((sum, record) => sum + (record.fields[column]?.length ?? 0), 0);
      const places = names.map((_, place) => place).sort((a, b) => length(b) - length(a));
      const known = knownNames.map(each => names.findIndex(name => isName(name, each))).find(place => place >= 0);
      return known === undefined || wanted === 2 ? places.slice(0, wanted).sort((a, b) => a - b) : [known];
    }

    /* The columns that answers add, and what stands in them. */
    function answerColumns(model, answer) {
      if (model.task === "tagging") {
        const marks = model.labels.length > 0 && model.labels.every(tag => /^(O|[BIESMLU](-.*)?)$/.test(tag));
        const all = answer?.sentences.flatMap(sentence => marks ? sentence.spans : sentence.tokens) ?? [];
        const items = all.map(({ type, tag, text, start, end, probability }) =>
          ({ ...(marks ? { type } : { tag }), text, start, end, probability }));
        return [[marks ? "spans" : "tags", answer && items]];
      }
      if (isSeveral(model)) {
        // A label may have the usual separator in it.
        const separator = ["|", ";", "/", "\n"].find(each => !model.labels.some(label => label.includes(each))) ?? "\n";
        return [["labels", answer && Object.assign([...answer.labels], { separator })]];
      }
      const probability = answer?.predictions?.[0]?.probability;
      if (model.task === "regression") return [["score", answer?.score]];
      if (model.task === "matching" && model.labels.length === 0) return [["score", answer?.score]];
      if (model.task === "matching" && answer && probability === undefined) return [["label", answer.label], ["score", answer.score]];
      return [["label", answer?.label], ["probability", probability]];
    }
    function plainValue(value) {
      if (value === null || value === undefined) return "";
      if (!Array.isArray(value)) return String(value);
      return value.separator ? value.join(value.separator) : JSON.stringify(value);
    }

    /* The file again, with the answers there are. */
    function writeFile(table) {
      const { format, records, width, answers, model } = table;
      const separator = separators[format] ?? ",";
      // A name that is there already would stand for two columns.
      const taken = table.taken ?? table.names;
      const own = (name, number = 1) => {
        const each = number === 1 ? name : `${name}_${number}`;
        return taken.includes(each) ? own(name, number + 1) : each;
      };
      const sample = answers.find(answer => answer);
      const names = answerColumns(model, sample).map(([name]) => own(name));
      const written = [table.hasMark ? "\ufeff" : ""];
      const isLines = format === "lines";
      if (isLines && !table.hasHeader) written.push(`text${separator}${names.join(separator)}${records[0]?.end || "\n"}`);
      const empty = names.map(() => undefined);
      records.forEach((record, place) => {
        const values = answers[place] ? answerColumns(model, answers[place]).map(([, value]) => value) : empty;
        if (format === "jsonl") {
          const member = (name, column) => `${JSON.stringify(name)}:${JSON.stringify(values[column] ?? null)}`;
          const members = answers[place] ? names.map(member) : [];
          const body = record.raw.trimEnd();
          const comma = members.length > 0 && Object.keys(record.object ?? {}).length > 0 ? "," : "";
          written.push(members.length > 0 ? body.slice(0, -1) + comma + members.join(",") + body.slice(-1) : record.raw, record.end);
        } else if (record.raw === "" && !isLines) {
          written.push(record.end);
        } else {
          const fields = place === table.headerPlace ? names : values.map(plainValue);
          const missing = separator.repeat(Math.max(width - record.fields.length, 0));
          written.push(isLines ? quoted(record.raw, separator) : record.raw, missing,
            ...fields.map(field => separator + quoted(field, separator)), record.end);
        }
      });
      return written;
    }
    """#
}
