/// What the page of a server does under the hand of its reader: plain JavaScript that needs nothing else.
enum ServicePageScript {
  /// The script. Whatever comes from texts, labels or the server becomes text of an element and is never read as markup.
  static let js = [words, basics, answers, asking, records, table, whole].joined(separator: "\n")

  /// The models, keys, programs, and the page as a whole.
  private static let whole = #"""
    /* The models, and how the page looks. */
    const idOf = model => model.isOneOfMany ? `${model.name}@${model.version}` : model.name;
    const usable = () => page.models.filter(model => model.ready && model.task);

    async function loadModels() {
      let list;
      try {
        list = await call("v1");
      } catch (error) {
        showProblem(error.status === 401 ? null : error.message);
        // It may be about to start.
        if (error.status !== 401) setTimeout(loadModels, 3000);
        return;
      }
      showProblem(null);
      at("locked").hidden = true;
      const names = list.models.map(model => model.name);
      page.models = list.models.map(model => ({
        labels: [], can: [], canWithLabels: [], ...model, kinds: new Map(), isOneOfMany: names.filter(name => name === model.name).length > 1
      }));
      for (const model of page.models) {
        model.isLanguages = tellsLanguages(model);
        // Types of spans have their colours in the order of the model's labels, whichever comes first in a text.
        if (model.task === "tagging") for (const tag of model.labels) if (tag !== "O") kindOf(model, tag.replace(/^[BIESMLU]-/, ""));
      }
      showModels();
      chooseFromAddress();
      if (usable().length === 0) {
        showNote(told("noModels"));
        setTimeout(loadModels, 3000);
      }
    }

    /* Where a model was put into service or taken out of it since, the list is shown anew; the text stays. */
    async function refreshModels() {
      if (document.hidden || page.models.length === 0) return;
      const list = await call("v1").catch(() => null);
      const now = list && JSON.stringify(list.models.map(({ name, version, ready, digest }) => [name, version, ready, digest]));
      const before = JSON.stringify(page.models.map(({ name, version, ready, digest }) => [name, version, ready, digest]));
      if (now && now !== before && !table.run) loadModels();
    }

    function showModels() {
      const list = usable();
      const place = model => list.indexOf(model);
      at("model").replaceChildren(...page.models.map(model => {
        const version = model.isOneOfMany ? ` · ${model.version}` : "";
        const isReady = place(model) >= 0;
        const option = make("option", { value: idOf(model), disabled: !isReady },
          `${model.name}${version}${isReady ? "" : ` (${told("notReady")})`}`);
        return option;
      }));
      at("model").hidden = page.models.length === 1 && list.length === 1;
      at("only").hidden = !at("model").hidden;
      at("only").textContent = page.models[0]?.name ?? "";
      at("absent").replaceChildren(...page.models.filter(model => !model.ready).map(model =>
        make("li", {}, make("b", {}, make("bdi", {}, model.name)), ` ${told("notReady")}`,
          model.problem ? told("because", model.problem) : "")));
      at("which").hidden = page.models.length === 0;
      if (page.model) at("model").value = idOf(page.model);
    }

    function chooseFromAddress() {
      const wanted = new URLSearchParams(location.hash.slice(1)).get("model");
      const list = usable();
      const model = list.find(each => idOf(each) === wanted || each.name === wanted) ?? list[0] ?? null;
      // The same model again: what it answered stays.
      const isSame = model && page.model && idOf(model) === idOf(page.model) && model.digest === page.model.digest;
      if (isSame) page.model = model;
      else choose(model);
    }

    function choose(model) {
      page.model = model;
      page.label = null;
      writing?.abort();
      clearAnswer();
      if (model) {
        at("model").value = idOf(model);
        document.title = `${model.name} · CharCNN`;
        history.replaceState(null, "", `#${new URLSearchParams({ model: idOf(model) })}`);
      }
      showModel();
      readTable();
      ask(true);
    }

    /* What depends on the task of the model. */
    function showModel() {
      const model = page.model;
      const isPair = model?.task === "matching";
      const writes = Boolean(model && isWriter(model));
      const task = model && (isSeveral(model) ? told("several") : told(model.task));
      const labels = model?.labels.length ?? 0;
      const number = labels > 0 ? told(model.task === "regression" ? "grades" : "labels", labels) : null;
      const facts = [task, number, model && told("version", model.version)];
      at("about").textContent = facts.filter(fact => fact).join(" · ");
      at("second-field").hidden = !isPair;
      at("first").classList.toggle("short", isPair);
      at("first-name").textContent = told(isPair ? "first" : writes ? "begin" : "text");
      at("first").placeholder = told(writes ? "placeholderBegin" : "placeholder");
      at("writing").hidden = !writes;
      at("empty").textContent = told(writes ? "emptyWriting" : "empty");
      at("names-field").hidden = !model || model.canWithLabels.length === 0;
      at("why-choice").hidden = !model || (!model.can.includes("explain") && !model.canWithLabels.includes("explain"));
      at("parts-choice").hidden = !model?.isLanguages;
      at("many").hidden = !model || (!model.can.includes("predict") && !model.canWithLabels.includes("predict"));
      const list = isPair ? examples.pairs : writes ? examples.beginnings : examples.texts;
      at("examples").replaceChildren(...list.map(([name, first, second]) => make("button", {
        type: "button", class: "chip", title: first.slice(0, 80), click: () => {
          at("first").value = first;
          at("second").value = second ?? "";
          at("offer").hidden = true;
          ask(true);
        }
      }, words.en[`example${name}`] ? told(`example${name}`) : name)));
      showProgram();
    }

    /* How a program asks the same. */
    const inShell = text => `'${text.replaceAll("'", "'\\''")}'`;
    const inSwift = text => `"${text.replace(/[\\"]/g, "\\$&").replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g,
      character => `\\u{${character.codePointAt(0).toString(16)}}`)}"`;
    const swiftKey = `let key = ProcessInfo.processInfo.environment["CHARCNN_KEY"] ?? ""
    request.setValue("Bearer " + key, forHTTPHeaderField: "Authorization")
    `;
    function showProgram() {
      const model = page.model;
      if (!model || !at("program").open) return;
      const texts = ["first", "second"].map(id => wellFormed(at(id).value) || "Hello");
      const number = id => Number(at(id).value) || 0;
      const body = model.task === "matching" ? { first: texts[0], second: texts[1] }
        : isWriter(model) ? { text: texts[0], length: number("length"), temperature: number("temperature"), seed: number("seed") }
          : { text: texts[0], ...(does(model, "predict") ? { top: 8, ...withLabels(model, "predict") } : {}) };
      const operation = isWriter(model) ? "generate" : does(model, "predict") ? predicting(model) : "embed";
      const place = new URL(address(model, operation), location.href).href;
      const hasKey = remembered("key", "sessionStorage") !== null;
      const swift = Object.entries(body).map(([name, value]) =>
        `${inSwift(name)}: ${Array.isArray(value) ? `[${value.map(inSwift).join(", ")}]` : typeof value === "string" ? inSwift(value) : value}`);
      const python = Object.entries(body).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
      at("curl").textContent = `curl ${inShell(place)} -H 'Content-Type: application/json' `
        + `${hasKey ? '-H "Authorization: Bearer $CHARCNN_KEY" ' : ""}-d ${inShell(JSON.stringify(body))}`;
      at("python").textContent = `import json${hasKey ? ", os" : ""}, urllib.request

    body = {${python.join(", ")}}
    headers = {"Content-Type": "application/json"${hasKey ? ', "Authorization": "Bearer " + os.environ["CHARCNN_KEY"]' : ""}}
    request = urllib.request.Request(${JSON.stringify(place)}, json.dumps(body).encode(), headers)
    print(json.load(urllib.request.urlopen(request)))`;
      at("swift").textContent = `import Foundation
    #if canImport(FoundationNetworking)
    import FoundationNetworking
    #endif

    let body: [String: Any] = [${swift.join(", ")}]
    var request = URLRequest(url: URL(string: ${inSwift(place)})!)
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    ${hasKey ? swiftKey : ""}request.httpBody = try JSONSerialization.data(withJSONObject: body)
    let (answer, _) = try await URLSession.shared.data(for: request)
    print(String(decoding: answer, as: UTF8.self))`;
    }
    async function copy(button) {
      const source = at(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(source.textContent);
      } catch {
        // Pages that do not come over HTTPS have no clipboard, but may copy what is selected.
        getSelection().selectAllChildren(source);
        document.execCommand("copy");
        getSelection().removeAllRanges();
      }
      button.textContent = told("copied");
      setTimeout(() => { button.textContent = told("copy"); }, 1500);
    }

    function showLock(isWrong) {
      at("locked").hidden = false;
      at("lock-text").textContent = told(isWrong ? "wrongKey" : "locked");
    }
    function unlock() {
      if (at("key").value === "") return;
      remember("key", at("key").value, "sessionStorage");
      at("key").value = "";
      if (page.models.length > 0) {
        at("locked").hidden = true;
        ask(true);
      } else loadModels();
    }

    /* Every word of the page in the language that is chosen. */
    function translate() {
      document.documentElement.lang = page.language === "zh" ? "zh-Hans" : "en";
      for (const element of document.querySelectorAll("[data-t]")) element.textContent = told(element.dataset.t);
      for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = told(element.dataset.placeholder);
      for (const element of document.querySelectorAll("[data-name]")) element.setAttribute("aria-label", told(element.dataset.name));
      showTheme();
      showModels();
      showModel();
      ask();
      if (page.last.answer) showAnswer(...page.last.answer);
      if (page.last.why) showWhy(...page.last.why);
      if (page.last.languages) showLanguages(...page.last.languages);
      showTable();
    }
    function showTheme() {
      const theme = remembered("theme") ?? "auto";
      if (theme === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      at("theme").textContent = `${{ auto: "◐", light: "○", dark: "●" }[theme] ?? "◐"} ${told(`theme${theme}`)}`;
      at("theme").setAttribute("aria-label", `${told("theme")}: ${told(`theme${theme}`)}`);
    }

    function listenToKeys() {
      addEventListener("keydown", event => {
        if (event.isComposing) return;
        const isWriting = event.target.matches?.("textarea, input, select");
        const inTable = at("many").contains(event.target);
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          if (inTable) at(event.target === at("rows") ? "read" : "start").click();
          else if (page.model && isWriter(page.model)) goOn();
          else ask(true);
        } else if (event.key === "Escape" && !inTable && !event.target.matches?.("select")) {
          clearTexts();
        } else if (event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-9]$/.test(event.code)) {
          const model = usable()[Number(event.code.slice(5)) - 1];
          if (!model) return;
          event.preventDefault();
          choose(model);
        } else if (event.key === "?" && !isWriting) {
          at("keys").open = true;
          at("keys").scrollIntoView({ block: "nearest" });
        }
      });
    }

    function begin() {
      page.language = remembered("language") ?? (/^zh\b/i.test(navigator.language) ? "zh" : "en");
      if (!words[page.language]) page.language = "en";
      listen();
      listenToTable();
      listenToKeys();
      at("model").addEventListener("change", () => choose(page.models.find(model => idOf(model) === at("model").value)));
      addEventListener("hashchange", chooseFromAddress);
      addEventListener("visibilitychange", refreshModels);
      at("language").addEventListener("click", () => {
        page.language = page.language === "zh" ? "en" : "zh";
        remember("language", page.language);
        translate();
      });
      at("theme").addEventListener("click", () => {
        const order = ["auto", "light", "dark"];
        remember("theme", order[(order.indexOf(remembered("theme") ?? "auto") + 1) % 3]);
        showTheme();
      });
      at("unlock").addEventListener("click", unlock);
      at("key").addEventListener("keydown", event => { if (event.key === "Enter") unlock(); });
      at("program").addEventListener("toggle", showProgram);
      for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button));
      translate();
      loadModels();
    }
    begin();
    """#
}
