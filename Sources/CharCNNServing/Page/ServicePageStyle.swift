/// How the page of a server looks: calm, in light and in dark, on a desk and on a phone.
enum ServicePageStyle {
  /// The style sheet. What the system prefers holds until the reader chooses.
  static let css = """
    :root { color-scheme: light dark; \(light) }
    @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { \(dark) } }
    :root[data-theme=light] { color-scheme: light; }
    :root[data-theme=dark] { color-scheme: dark; \(dark) }
    \(rules)
    """

  /// Colours on white. What speaks for a label is a bluish green, what speaks against it vermilion with a line beneath: people who
  /// do not see red and green apart see these apart (Okabe & Ito 2008, "Color Universal Design").
  private static let light = #"""
    --plus: 0 140 105; --minus: 213 80 0; --accent: 33 102 196; --ink: #17181c; --soft: #5d6069; --paper: #fafafa;
    --card: #fff; --line: #d9dbe0; --field: #fff; --wrong: #b3261e; --alpha: .75;
    --k0: 33 102 196; --k1: 217 102 10; --k2: 0 140 105; --k3: 168 62 140; --k4: 176 132 0; --k5: 14 140 170;
    --k6: 120 84 200; --k7: 110 110 118;
    """#

  /// Colours on black.
  private static let dark = #"""
    --plus: 50 190 150; --minus: 255 138 61; --accent: 106 176 255; --ink: #ececf0; --soft: #a0a3ad; --paper: #121214;
    --card: #1a1b1e; --line: #34363c; --field: #16171a; --wrong: #ff8a80; --alpha: .55;
    --k0: 106 176 255; --k1: 255 154 77; --k2: 80 205 160; --k3: 226 130 205; --k4: 235 195 80; --k5: 90 205 230;
    --k6: 175 150 255; --k7: 165 165 175;
    """#

  private static let rules = #"""
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 68rem; margin: 0 auto;
      padding: 0 1rem 3rem; overflow-wrap: anywhere; }
    header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem; padding: 1.1rem 0; }
    h1 { font-size: 1.15rem; font-weight: 650; margin: 0; display: flex; align-items: center; gap: .5rem; }
    h1 svg { width: 1.25rem; height: 1.25rem; fill: rgb(var(--accent)); }
    h2 { margin: 0 0 .5rem; font-size: 1rem; font-weight: 650; }
    h3 { margin: 1rem 0 .3rem; font-size: .9rem; font-weight: 600; }
    .caption, small { color: var(--soft); font-size: .875rem; font-weight: normal; }
    .caption { margin: .25rem 0; } .caption:empty { display: none; }
    footer { padding: 1rem 0; }
    button, select, input, textarea { font: inherit; color: inherit; background: var(--field); border: 1px solid var(--line);
      border-radius: .5rem; padding: .35rem .7rem; max-width: 100%; }
    button { cursor: pointer; } button:hover:not(:disabled), select:hover { border-color: rgb(var(--accent)); }
    button:disabled { opacity: .5; cursor: default; }
    button.main { background: rgb(var(--accent)); border-color: transparent; color: var(--card); font-weight: 600; }
    button.small { padding: 0 .5rem; font-size: .8rem; font-weight: normal; }
    :focus-visible { outline: 2px solid rgb(var(--accent)); outline-offset: 2px; }
    .tools { display: flex; gap: .4rem; } .tools button { font-size: .875rem; padding: .2rem .65rem; background: none; }
    textarea { width: 100%; display: block; padding: .75rem .9rem; font-size: 1.1rem; line-height: 1.6; resize: vertical;
      field-sizing: content; max-height: 26rem; }
    #first { min-height: 12.5rem; } #second, #first.short { min-height: 7rem; } #rows { min-height: 5.5rem; }
    #names { width: 100%; padding: .6rem .9rem; } #names-field { margin-top: .75rem; }
    textarea:focus, #names:focus { outline: none; border-color: rgb(var(--accent)); box-shadow: 0 0 0 3px rgb(var(--accent) / .2); }
    ::placeholder { color: var(--soft); opacity: .8; }
    label { font-size: .875rem; color: var(--soft); }
    .which { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem .75rem; margin-bottom: 1rem; }
    .which select, #only { font-weight: 600; color: var(--ink); } #absent { flex-basis: 100%; margin: 0; padding: 0;
      list-style: none; }
    #absent:empty { display: none; }
    .columns { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
    .ask label { display: block; margin: 0 0 .3rem; } #second-field { margin-top: .75rem; }
    .answer, .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.2rem; }
    .card { margin-top: 1rem; }
    @media (min-width: 52rem) {
      .columns { grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); } .answer { margin-top: 1.65rem; min-height: 12.6rem; }
    }
    .chips { display: flex; flex-wrap: wrap; align-items: baseline; gap: .4rem; margin-top: .6rem; } #examples { display: contents;
      } .chips .caption { margin: 0 .3rem 0 0; }
    .chip { border-radius: 1rem; padding: .1rem .7rem; font-size: .875rem; background: none; }
    .settings { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem .75rem; margin: .75rem 0; }
    .settings label { display: flex; flex-direction: column; min-width: 0; margin: 0; }
    .settings input, .settings select { color: var(--ink); }
    .settings input[type=number] { width: 7rem; } .settings .caption { align-self: center; margin: 0; }
    .settings label.check, .switches label { flex-direction: row; align-items: center; gap: .45rem; align-self: center; }
    .switches { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .9rem 0 0; }
    .switches label { display: flex; color: var(--ink); } #size { margin: 0 0 0 auto; }
      input[type=checkbox] { accent-color: rgb(var(--accent)); width: 1rem;
      height: 1rem; margin: 0; }
    .headline { font-size: 1.7rem; line-height: 1.25; font-weight: 650; margin: .1rem 0 .6rem; }
    .headline small { font-size: 1rem; margin-left: .35rem; }
    .headline .chosen { display: inline-block; border: 1px solid rgb(var(--accent) / .5); background: rgb(var(--accent) / .1);
      border-radius: .5rem; padding: .05rem .6rem; margin: 0 .4rem .4rem 0; font-size: 1.25rem; }
    .headline.unknown { display: inline-block; border: 2px dashed var(--soft); border-radius: .6rem; padding: .1rem .8rem;
      color: var(--soft); font-size: 1.35rem; font-style: italic; }
    #bars { list-style: none; margin: .5rem 0 0; padding: 0; }
    .row { display: grid; grid-template-columns: minmax(4rem, 11rem) minmax(3rem, 1fr) 3.6rem; gap: .7rem; align-items: center;
      padding: .12rem 0; }
    .row .name { text-align: left; border: 0; background: none; padding: .15rem .3rem; margin-left: -.3rem; font-size: .95rem;
      line-height: 1.3; }
    .row .name small { font-size: .8rem; white-space: nowrap; }
    .row button.name:hover { text-decoration: underline; }
      .row .name[aria-pressed=true] { box-shadow: inset 0 -2px rgb(var(--plus)); }
    .row.given .name { font-weight: 650; } .row.given .percent { color: var(--ink); }
    .meter { height: .6rem; border-radius: .3rem; background: rgb(var(--accent) / .1); overflow: hidden; }
    .meter i { display: block; height: 100%; width: 0; border-radius: .3rem; background: rgb(var(--accent) / .4);
      transition: width .15s; }
    .given .meter i { background: rgb(var(--accent)); }
    .faint .meter i { background: repeating-linear-gradient(135deg, var(--soft) 0 3px, transparent 3px 6px); }
    .percent { text-align: right; font-variant-numeric: tabular-nums; color: var(--soft); font-size: .875rem; white-space: nowrap; }
    .text, .written { font-size: 1.2rem; line-height: 1.9; white-space: pre-wrap; margin: .3rem 0; max-height: 28rem;
      overflow-y: auto;
      padding: 3px; }
    .written { font-size: 1.05rem; line-height: 1.7; font-weight: normal; }
    .foot { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1.5rem; margin-top: .4rem; }
    .told { min-height: 1.4rem; color: var(--ink); } .told:empty { display: block; }
    .part { border-radius: .15rem; } .part.plus { background: rgb(var(--plus) / calc(var(--v) * var(--alpha))); }
    .part.minus { background: rgb(var(--minus) / calc(var(--v) * var(--alpha)));
      box-shadow: inset 0 -2px rgb(var(--minus) / var(--v)); }
    .unread { opacity: .45; }
    mark { color: inherit; background: rgb(var(--k) / .17); box-shadow: inset 0 -2px rgb(var(--k)); padding: .1rem .15rem;
      cursor: default; }
    mark[data-badge]::after { content: attr(data-badge); font-size: .68rem; font-weight: 650; letter-spacing: .02em;
      color: rgb(var(--k));
      margin-left: .3rem; vertical-align: .12em; }
    .k0 { --k: var(--k0); } .k1 { --k: var(--k1); } .k2 { --k: var(--k2); } .k3 { --k: var(--k3); }
    .k4 { --k: var(--k4); } .k5 { --k: var(--k5); } .k6 { --k: var(--k6); } .k7 { --k: var(--k7); }
    .word0 { --k: var(--k0); } .word1 { --k: var(--k5); } .none { --k: var(--k7); } mark.none { background: none; box-shadow: none;
      border-bottom: 2px dashed rgb(var(--k)); }
    .legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .875rem; margin: .3rem 0; color: var(--soft); }
    .key::before { content: ""; display: inline-block; width: .8rem; height: .8rem; border-radius: .2rem; margin-right: .4rem;
      vertical-align: -.08em;
      background: rgb(var(--k) / .75); }
    .key.plus { --k: var(--plus); } .key.minus { --k: var(--minus); } .key.minus::before { box-shadow: inset 0 -3px rgb(var(--k));
      background: rgb(var(--k) / .5); }
    .key.none::before { background: none; border: 1px dashed; }
    .problem { border: 1px solid var(--wrong); border-left-width: 4px; border-radius: .5rem; padding: .5rem .9rem; margin: .75rem 0;
      color: var(--wrong); }
    .note { border-left: 4px solid rgb(var(--accent) / .6); padding: .3rem .9rem; margin: .75rem 0; color: var(--soft); }
    .lock { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin: 1rem 0; }
    summary { cursor: pointer; font-weight: 650; } summary::marker { color: var(--soft); }
    details[open] > summary { margin-bottom: .5rem; }
    #rows { font-size: .95rem; font-family: ui-monospace, monospace; }
    progress { width: 100%; height: .6rem; accent-color: rgb(var(--accent)); }
    .scroll { overflow-x: auto; margin: .5rem 0 0; } table { border-collapse: collapse; font-size: .875rem; width: 100%; }
    caption { text-align: left; } td, th { padding: .3rem .6rem; text-align: left; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    th { font-weight: 600; color: var(--soft); } td.own { min-width: 14rem; white-space: pre-wrap; }
    td.answered { font-weight: 600; min-width: 5rem; } td.unknown { color: var(--soft); font-style: italic; font-weight: normal; }
    pre { background: rgb(var(--accent) / .06); border-radius: .5rem; padding: .7rem .9rem; margin: 0; overflow: auto;
      max-height: 16rem; font-size: .82rem;
      line-height: 1.5; font-family: ui-monospace, monospace; white-space: pre-wrap; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1rem; margin: .5rem 0 0; }
      dt { white-space: nowrap; } dd { margin: 0; }
    kbd { font: .8rem ui-monospace, monospace; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: .3rem;
      padding: .05rem .35rem; }
    .unseen { position: absolute; width: 1px; height: 1px; padding: 0; margin: -1px; overflow: hidden; clip-path: inset(50%);
      border: 0; }
    .drop { position: fixed; inset: 0; display: none; place-items: center; background: rgb(var(--accent) / .12);
      border: 3px dashed rgb(var(--accent)); }
    .drop span { background: var(--card); padding: .6rem 1.2rem; border-radius: .75rem; font-weight: 650; }
      .dropping .drop { display: grid; pointer-events: none; }
    @media (max-width: 30rem) {
      .row { grid-template-columns: minmax(4rem, 7.5rem) minmax(2rem, 1fr) 3.4rem; gap: .5rem; }
      .answer, .card { padding: .85rem .9rem; }
      dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; } dd { margin-bottom: .5rem; }
    }
    @media (prefers-reduced-motion: reduce) { * { transition: none !important; scroll-behavior: auto !important; } }
    """#
}
