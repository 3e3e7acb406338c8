#if Tool
/// How a walkthrough looks, beside the style of reports.
enum WalkthroughStyle {
  static let css = """
    h3 { margin: 2rem 0 .25rem; font-size: 1.05rem; } h3 small { font-weight: normal; } article p { margin: .3rem 0; }
    .text { border-left: .3rem solid var(--c1); padding-left: .8rem; }
    .verdict { font-size: 1.2rem; } .verdict b { font-size: 1.6rem; } .verdict span { opacity: .75; margin-right: 1rem; }
    .note { background: #8882; padding: .5rem .8rem; border-radius: .3rem; }
    .formula { font: italic 1.05rem serif; margin: .4rem 0 .4rem 1.5rem; } .formula span { font-style: normal; margin-left: 2rem; }
    .numbers { font-variant-numeric: tabular-nums; } .numbers td { text-align: right; white-space: nowrap; } .numbers thead th { font-weight: 600; }
    .numbers thead th + th { text-align: right; } .numbers tbody th { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 7rem; }
    .numbers .kind { text-align: left; white-space: nowrap; } .numbers .bar { width: 12rem; min-width: 5rem; text-align: left; }
    .bar span { display: block; height: .8rem; border-radius: .15rem; }
    tr[data-places]:hover, tr[data-places]:focus { background: #8882; outline: none; } tr[data-places]:focus-visible { outline: 2px solid var(--c0); }
    .list { display: flex; flex-wrap: wrap; gap: .25rem; padding: 0; margin: .5rem 0; max-height: 20rem; overflow-y: auto; }
    .list li { list-style: none; border: 1px solid var(--line); border-radius: .25rem; padding: .05rem .4rem; text-align: center; }
    .list small { display: block; } summary { cursor: pointer; }
    .matrix { margin: .6rem 0; } .matrix figcaption { font-size: .9rem; margin-bottom: .2rem; }
    .pane { position: relative; overflow: auto; max-height: 22rem; border: 1px solid var(--line); border-radius: .25rem; max-width: 100%; width: fit-content; min-width: min(100%, 9rem); }
    .pane:focus-visible { outline: 2px solid var(--c0); outline-offset: 1px; }
    .pane canvas { position: sticky; left: 0; top: 0; display: block; width: auto; max-width: none; aspect-ratio: auto; border: 0; image-rendering: auto; touch-action: pan-x pan-y; }
    .fold { font: inherit; font-size: .9rem; background: none; border: 0; color: inherit; opacity: .75; cursor: pointer; padding: .2rem 0; text-decoration: underline dotted; }
    .fold:focus-visible { outline: 2px solid var(--c0); }
    .wins, #units { white-space: normal; overflow-wrap: anywhere; line-height: 1.6; margin: .2rem 0; }
    i { font-style: normal; border-radius: .15rem; } .beyond { opacity: .6; }
    #bar { position: sticky; bottom: 0; background: rgb(var(--paper)); border-top: 2px solid var(--line); margin-top: 2rem; padding: .4rem 0 .6rem; }
    #units { max-height: 6.6rem; overflow-y: auto; font-size: 1.05rem; } #told { margin: .2rem 0 0; font-size: .9rem; min-height: 2.8em; }
    #units .sees { background: rgb(var(--minus) / .22); } #units .own { background: rgb(var(--plus) / .55); }
    #units .won { outline: 2px solid rgb(var(--ink)); outline-offset: -1px; }
    @media (max-width: 40rem) { body { margin: 1rem auto; } h1 { font-size: 1.5rem; } .numbers .bar { width: 5rem; min-width: 3rem; } td, th { padding: .15rem .35rem; } #told { font-size: .85rem; } #units { max-height: 5rem; } }
    """
}
#endif
