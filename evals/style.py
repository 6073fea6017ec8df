"""The style sheet of the report: light and dark, readable on a phone and on paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --paper: #fff; --card: #f5f7fa; --line: #d8dee6; --bar: #2f6f8f;
  --good: #1d7a4c; --bad: #b3362b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --paper: #14181e; --card: #1d232c; --line: #333c48;
  --bar: #5aa3c7; --good: #58c08c; --bad: #f0857a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; } h3 { font-size: .95rem;
  margin: 1rem 0 .3rem; }
.soft, dt { color: var(--soft); } .small { font-size: .85rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .7rem; margin: 1.2rem 0; }
.tile { background: var(--card); border-radius: .5rem; padding: .7rem .9rem; } .tile b { display: block; font-size: 1.5rem;
  line-height: 1.2; }
.tile.bad b { color: var(--bad); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; overflow-wrap: normal; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); } th { font-weight: 600; white-space: nowrap; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { width: 100%; max-width: 36rem; height: auto; } svg text { fill: var(--ink); font-size: 12px; } svg .tick { fill: var(--soft); }
svg .bar { fill: var(--bar); } svg .grid { stroke: var(--line); } svg .whisker { stroke: var(--ink); stroke-width: 1.4; fill: none; }
details.case { border: 1px solid var(--line); border-left: .3rem solid var(--good); border-radius: .4rem; margin: .45rem 0; }
details.case.wrong { border-left-color: var(--bad); } details.case.graded { border-left-color: var(--bar); }
details.case > summary { cursor: pointer; padding: .5rem .8rem; } details.case > div { padding: 0 .9rem .9rem; }
blockquote { margin: .4rem 0; padding: .4rem .8rem; border-left: 3px solid var(--line); background: var(--card);
  white-space: pre-wrap; }
.answer { white-space: pre-wrap; background: var(--card); padding: .7rem .9rem; border-radius: .4rem; }
ul.reasons { color: var(--bad); margin: .3rem 0; padding-left: 1.2rem; }
dl { display: grid; grid-template-columns: minmax(5.5rem, 24%) 1fr; gap: .2rem .8rem; margin: .3rem 0; } dd { margin: 0;
  white-space: pre-wrap; }
#failing:checked ~ .cases .right { display: none; } label { cursor: pointer; }
@media print { details.case { break-inside: avoid; } }
"""
