#if Tool
/// How a report looks, and what it does under the hand of its reader.
enum ReportStyle {
  /// Text that stands in a script: nothing in it ends the script or is markup.
  static func inScript(_ json: String) -> String {
    json.replacing("&", with: "\\u0026").replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
  }

  static let css = """
    :root { color-scheme: light dark; --plus: 217 102 10; --minus: 33 102 196; --line: #8886; --ink: 20 20 24; --paper: 255 255 255;
      --c0: #2166c4; --c1: #d9660a; --c2: #2b8a3e; }
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
    h1 { margin-bottom: 0; overflow-wrap: anywhere; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem; }
    .caption, small { opacity: .75; font-size: .9rem; }
    .tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
    .tile { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; display: flex; flex-direction: column; min-width: 8.5rem; }
    .tile b { font-size: 1.6rem; line-height: 1.2; }
    .charts { display: flex; flex-wrap: wrap; gap: 1rem; }
    svg { width: 100%; max-width: 29rem; height: auto; }
    .grid { stroke: var(--line); stroke-width: .5; } .tick { font-size: 11px; fill: currentColor; opacity: .75; }
    .mark { stroke: currentColor; stroke-dasharray: 3 3; opacity: .6; }
    .curve { fill: none; stroke-width: 2; } .faint { stroke-width: 1; stroke-dasharray: 5 4; }
    .curve.c0 { stroke: var(--c0); } .curve.c1 { stroke: var(--c1); } .curve.c2 { stroke: var(--c2); }
    circle.c0 { fill: var(--c0); } circle.c1 { fill: var(--c1); } circle { opacity: .7; }
    .text { font-size: 1.15rem; line-height: 1.7; white-space: pre-wrap; overflow-wrap: anywhere; margin: .2rem 0 1rem; }
    .plus { background: rgb(var(--plus) / calc(var(--v) * .8)); } .minus { background: rgb(var(--minus) / calc(var(--v) * .8)); }
    s { text-decoration: none; opacity: .45; }
    .scroll { overflow-x: auto; margin: .5rem 0; } table { border-collapse: collapse; font-size: .9rem; }
    td, th { padding: .15rem .6rem; text-align: left; border-bottom: 1px solid var(--line); font-weight: normal; }
    .sorts td { text-align: right; font-variant-numeric: tabular-nums; } .sorts tbody { display: table-row-group; }
    th button { all: unset; cursor: pointer; font-weight: 600; } th button:focus-visible { outline: 2px solid var(--c0); }
    th[aria-sort=ascending] button::after { content: " ▲"; } th[aria-sort=descending] button::after { content: " ▼"; }
    canvas { width: 100%; max-width: 40rem; aspect-ratio: 1; border: 1px solid var(--line); image-rendering: pixelated; }
    .findings li { margin: .3rem 0; }
    @media (prefers-color-scheme: dark) { :root { --plus: 255 154 77; --minus: 106 176 255; --ink: 235 235 240; --paper: 18 18 20;
      --c0: #6ab0ff; --c1: #ff9a4d; --c2: #69db7c; }
      .plus { background: rgb(var(--plus) / calc(var(--v) * .6)); } .minus { background: rgb(var(--minus) / calc(var(--v) * .6)); } }
    """

  static let script = """
    for (const table of document.querySelectorAll("table.sorts")) {
      const heads = [...table.querySelectorAll("thead th")];
      heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
        const rises = head.getAttribute("aria-sort") === "descending" || (column === 0 && head.getAttribute("aria-sort") !== "ascending");
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", rises ? "ascending" : "descending");
        const body = table.tBodies[0];
        const rows = [...body.rows];
        const value = row => column === 0 ? row.cells[0].textContent : Number(row.cells[column].textContent);
        rows.sort((a, b) => {
          const [x, y] = [value(a), value(b)];
          const order = column === 0 ? x.localeCompare(y) : x - y;
          return rises ? order : -order;
        });
        body.append(...rows);
      }));
    }
    const canvas = document.getElementById("confusion");
    if (canvas) {
      const { names, cells } = JSON.parse(document.getElementById("counts").textContent);
      const told = document.getElementById("cell");
      const size = names.length;
      const found = new Map(cells.map(([row, column, count]) => [row * size + column, count]));
      const totals = new Array(size).fill(0);
      for (const [row, , count] of cells) totals[row] += count;
      const draw = () => {
        const style = getComputedStyle(document.documentElement);
        const [right, wrong] = [style.getPropertyValue("--minus"), style.getPropertyValue("--plus")];
        const pixels = Math.max(1, Math.floor(960 / size));
        canvas.width = canvas.height = pixels * size;
        const context = canvas.getContext("2d");
        for (const [row, column, count] of cells) {
          const share = Math.sqrt(count / totals[row]);
          context.fillStyle = `rgb(${(row === column ? right : wrong).trim()} / ${Math.max(share, 0.12)})`;
          context.fillRect(column * pixels, row * pixels, pixels, pixels);
        }
      };
      draw();
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
      const tell = event => {
        const box = canvas.getBoundingClientRect();
        const column = Math.min(size - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * size)));
        const row = Math.min(size - 1, Math.max(0, Math.floor((event.clientY - box.top) / box.height * size)));
        const count = found.get(row * size + column) ?? 0;
        told.textContent = row === column ? `${names[row]}: ${count} of ${totals[row]} right` : `${names[row]} taken for ${names[column]}: ${count} of ${totals[row]}`;
      };
      canvas.addEventListener("pointermove", tell);
      canvas.addEventListener("pointerdown", tell);
    }
    """
}
#endif
