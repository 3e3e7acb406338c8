/// What stands on the page of a server before its script fills it.
enum ServicePageMarkup {
  /// What stands between the tags of the body. It has no handlers and no style attributes: the page's policy forbids both.
  static let body = #"""
    <header>
    <h1><svg viewBox="0 0 16 16" aria-hidden="true"><rect x="1" y="2" width="14" height="3" rx="1.5"/>
    <rect x="1" y="6.5" width="9" height="3" rx="1.5"/><rect x="1" y="11" width="5" height="3" rx="1.5"/></svg>CharCNN</h1>
    <div class="tools"><button type="button" id="language" data-t="other">中文</button>
    <button type="button" id="theme">Automatic</button></div>
    </header>
    <main>
    <noscript><p class="problem">This page needs JavaScript. The API at /v1 does not.</p></noscript>
    <section id="which" class="which" hidden>
    <label for="model" data-t="model">Model</label>
    <select id="model"></select><b id="only" hidden></b>
    <span id="about" class="caption"></span>
    <ul id="absent" class="caption"></ul>
    </section>
    <section id="locked" class="lock" hidden>
    <label for="key" id="lock-text">This server wants a key.</label>
    <input id="key" type="password" autocomplete="off" data-name="key" aria-label="Key">
    <button type="button" id="unlock" data-t="unlock">Use it</button>
    </section>
    <p id="problem" class="problem" role="alert" hidden></p>
    <p id="note" class="note" role="status" hidden></p>
    <div class="columns">
    <section class="ask">
    <label for="first" id="first-name">Text</label>
    <textarea id="first" rows="7" dir="auto" autocomplete="off" autocapitalize="off" spellcheck="false"></textarea>
    <div id="second-field" hidden>
    <label for="second" data-t="second">Second text</label>
    <textarea id="second" rows="5" dir="auto" autocomplete="off" autocapitalize="off" spellcheck="false"
     data-placeholder="placeholder2"></textarea>
    </div>
    <div id="names-field" hidden>
    <label for="names" data-t="names">Labels to choose from</label>
    <input id="names" type="text" dir="auto" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="10000"
     data-placeholder="placeholderNames">
    <p id="names-hint" class="caption" data-t="namesHint">With commas between. Without any the answer is the vector of the text.</p>
    </div>
    <p id="offer" class="note" hidden><span id="offer-text"></span>
    <button type="button" id="offer-take" data-t="eachLine">Answer each line on its own</button></p>
    <div id="writing" class="settings" hidden>
    <label><span data-t="length">Characters</span><input id="length" type="number" min="0" max="10000" step="1" value="200"></label>
    <label><span data-t="temperature">Temperature</span>
    <input id="temperature" type="number" min="0" max="10" step="0.1" value="0.8"></label>
    <label><span data-t="seed">Seed</span><input id="seed" type="number" min="0" max="9007199254740991" step="1" value="1"></label>
    <button type="button" id="go-on" class="main" data-t="goOn">Go on</button>
    </div>
    <div class="chips"><span class="caption" data-t="examples">Examples</span>
    <div id="examples" role="group" data-name="examples" aria-label="Examples"></div></div>
    <div class="switches">
    <label id="why-choice" hidden><input type="checkbox" id="why-switch" checked><span data-t="why">Why</span></label>
    <label id="parts-choice" hidden><input type="checkbox" id="parts-switch"><span data-t="parts">Parts in other languages</span></label>
    <span id="size" class="caption"></span>
    </div>
    </section>
    <section class="answer" aria-labelledby="answer-name">
    <h2 id="answer-name" data-t="answer">Answer</h2>
    <p id="empty" class="caption">The answer appears here while you type.</p>
    <p id="told" class="unseen" role="status" aria-live="polite"></p>
    <div id="headline"></div>
    <p id="answer-caption" class="caption"></p>
    <ul id="bars"></ul>
    <div id="marked" hidden>
    <p id="marked-text" class="text" dir="auto" role="group" data-name="answer" aria-label="Answer"></p>
    <div class="foot"><div id="marked-legend"></div><p id="marked-told" class="caption told" aria-live="polite"></p></div>
    </div>
    </section>
    </div>
    <section id="languages" class="card" hidden>
    <h2 data-t="languages">Languages by part</h2>
    <p id="languages-text" class="text" dir="auto" role="group" data-name="languages" aria-label="Languages by part"></p>
    <div class="foot"><div id="languages-legend"></div><p id="languages-told" class="caption told" aria-live="polite"></p></div>
    </section>
    <section id="why" class="card" hidden>
    <h2 id="why-title">Why</h2>
    <p id="why-text1" class="text" dir="auto" role="group" data-name="why" aria-label="Why"></p>
    <p id="why-text2" class="text" dir="auto" role="group" data-name="why" aria-label="Why" hidden></p>
    <div class="foot"><p class="legend"><span class="key plus" data-t="speaksFor">for</span>
    <span class="key minus" data-t="speaksAgainst">against</span></p><p id="why-told" class="caption told" aria-live="polite"></p></div>
    <p id="why-line" class="caption"></p>
    <p id="why-hint" class="caption"></p>
    <p id="why-problem" class="caption"></p>
    </section>
    <details id="many" class="card">
    <summary data-t="manyTitle">Many texts at once</summary>
    <p class="caption"><span data-t="dropHere">Drop a file anywhere on this page, choose one, or paste rows.</span>
    <span data-t="formats">CSV with commas, semicolons or tabs; a text a line; JSON lines.</span></p>
    <textarea id="rows" rows="3" dir="auto" autocomplete="off" spellcheck="false" data-placeholder="placeholderRows"
     data-name="placeholderRows" aria-label="Paste rows"></textarea>
    <div class="settings"><button type="button" id="choose" data-t="choose">Choose a file</button>
    <button type="button" id="read" data-t="readPasted">Read what is pasted</button>
    <input id="file" type="file" accept=".csv,.tsv,.txt,.jsonl,.ndjson,text/csv,text/plain" tabindex="-1" class="unseen"
     data-name="choose" aria-label="Choose a file"></div>
    <div id="table" hidden>
    <p id="table-name" class="caption"></p>
    <div class="settings">
    <label><span data-t="format">Format</span><select id="format"><option value="comma" data-t="comma">CSV, commas</option>
    <option value="semicolon" data-t="semicolon">CSV, semicolons</option><option value="tab" data-t="tab">CSV, tabs</option>
    <option value="lines" data-t="lines">a text a line</option><option value="jsonl" data-t="jsonl">JSON lines</option></select></label>
    <label><span id="column1-name">Text</span><select id="column1"></select></label>
    <label id="column2-field" hidden><span data-t="columnSecond">Second text</span><select id="column2"></select></label>
    <label class="check"><input type="checkbox" id="header"><span data-t="header">the first row has names</span></label>
    </div>
    <p id="table-problem" class="problem" role="alert" hidden></p>
    <div class="settings"><button type="button" id="start" class="main" data-t="start">Answer all rows</button>
    <button type="button" id="halt" data-t="stop" hidden>Stop</button>
    <button type="button" id="save" class="main" hidden>Download</button>
    <span id="table-line" class="caption" role="status"></span></div>
    <progress id="progress" data-name="manyTitle" aria-label="Many texts at once" hidden></progress>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="preview-caption"><table>
    <caption id="preview-caption" class="caption"></caption><thead id="preview-head"></thead><tbody id="preview-body"></tbody></table></div>
    </div>
    </details>
    <details id="program" class="card">
    <summary data-t="program">How to ask this from a program</summary>
    <h3>curl <button type="button" class="small" data-copy="curl" data-t="copy">Copy</button></h3><pre id="curl" tabindex="0"></pre>
    <h3>Python <button type="button" class="small" data-copy="python" data-t="copy">Copy</button></h3><pre id="python" tabindex="0"></pre>
    <h3>Swift <button type="button" class="small" data-copy="swift" data-t="copy">Copy</button></h3><pre id="swift" tabindex="0"></pre>
    </details>
    <details id="keys" class="card">
    <summary data-t="keysTitle">Keys</summary>
    <dl><dt><kbd>Ctrl</kbd> <kbd>⌘</kbd> + <kbd>Enter</kbd></dt><dd data-t="keyNow">asks at once</dd>
    <dt><kbd>Esc</kbd></dt><dd data-t="keyClear">clears the text</dd>
    <dt><kbd>Alt</kbd> + <kbd>1</kbd> … <kbd>9</kbd></dt><dd data-t="keyModel">chooses a model</dd>
    <dt><kbd>←</kbd> <kbd>→</kbd></dt><dd data-t="keyArrows">go from part to part of a text, once one has the focus</dd>
    <dt><kbd>Enter</kbd></dt><dd data-t="keyEnter">shows why a label or a part is so</dd>
    <dt><kbd>?</kbd></dt><dd data-t="keyHelp">opens this list</dd></dl>
    </details>
    </main>
    <footer class="caption" data-t="local">Texts go to this server and nowhere else.</footer>
    <div class="drop" aria-hidden="true"><span data-t="drop">Let go to read the file</span></div>
    """#
}
