/** The whole style sheet of the report. Colours are variables; charts take them from here, so both themes are drawn once. */
export const STYLES = `
:root{color-scheme:light dark;--bg:#f4f6fa;--card:#fff;--sunk:#f0f3f8;--ink:#0f1a30;--muted:#566179;--line:#e1e6ef;
--voice:#3a5bd9;--sms:#0d9488;--data:#d97706;--good:#0b7a4b;--good-soft:#e2f5ec;--bad:#c02434;--bad-soft:#fdeaec;
--warn:#9a5b00;--warn-soft:#fdf2dd;--accent:#3a5bd9;--accent-soft:#e8edfd;--hero-a:#0c7a5a;--hero-b:#0b5c6e;--hero-bad-a:#a61d3a;--hero-bad-b:#7a1746;
--shadow:0 1px 2px rgba(15,26,48,.06),0 4px 16px rgba(15,26,48,.05)}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--bg:#0b101c;--card:#131a2a;--sunk:#0f1523;--ink:#e8edf7;--muted:#98a4bd;--line:#243049;
--voice:#8aa2ff;--sms:#3ecdbb;--data:#f4ae4b;--good:#45d394;--good-soft:#10301f;--bad:#ff8490;--bad-soft:#3a1620;
--warn:#f3b862;--warn-soft:#35270f;--accent:#8aa2ff;--accent-soft:#1b2648;--hero-a:#0b5b45;--hero-b:#0a4454;--shadow:0 1px 2px rgba(0,0,0,.4)}}
:root[data-theme=dark]{color-scheme:dark;--bg:#0b101c;--card:#131a2a;--sunk:#0f1523;--ink:#e8edf7;--muted:#98a4bd;--line:#243049;
--voice:#8aa2ff;--sms:#3ecdbb;--data:#f4ae4b;--good:#45d394;--good-soft:#10301f;--bad:#ff8490;--bad-soft:#3a1620;
--warn:#f3b862;--warn-soft:#35270f;--accent:#8aa2ff;--accent-soft:#1b2648;--hero-a:#0b5b45;--hero-b:#0a4454;--shadow:0 1px 2px rgba(0,0,0,.4)}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}html{scroll-behavior:smooth;scroll-padding-top:64px}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
font-variant-numeric:tabular-nums;-webkit-font-smoothing:antialiased}
a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px;top:0;background:var(--card);padding:8px 12px;z-index:20}.skip:focus{left:8px;top:8px}
.wrap{max-width:1240px;margin:0 auto;padding:0 24px}
.top{position:sticky;top:0;z-index:10;background:color-mix(in srgb,var(--bg) 88%,transparent);backdrop-filter:blur(10px);border-bottom:1px solid var(--line)}
.top .wrap{display:flex;align-items:center;gap:20px;height:56px}
.brand{display:flex;align-items:center;gap:10px;font-weight:700;letter-spacing:-.01em;color:var(--ink);white-space:nowrap}
.brand svg{width:26px;height:26px}.top nav{display:flex;gap:2px;overflow-x:auto;flex:1;scrollbar-width:none}
.top nav a{color:var(--muted);text-decoration:none;padding:6px 10px;border-radius:8px;font-size:14px;white-space:nowrap}
.top nav a:hover{background:var(--accent-soft);color:var(--ink)}
.button{font:inherit;font-size:13px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:8px;padding:5px 10px;cursor:pointer}
.title{padding:32px 0 16px;display:flex;justify-content:space-between;align-items:end;gap:16px;flex-wrap:wrap}
h1{font-size:28px;line-height:1.2;letter-spacing:-.02em;margin:0}.title p{margin:4px 0 0;color:var(--muted)}
.facts{display:flex;flex-wrap:wrap;gap:6px}.chip{display:inline-flex;align-items:center;gap:6px;border:1px solid var(--line);background:var(--card);border-radius:999px;padding:2px 10px;font-size:13px;color:var(--muted);white-space:nowrap}
.hero{position:relative;overflow:hidden;border-radius:18px;color:#fff;padding:30px 34px;background:linear-gradient(115deg,var(--hero-a),var(--hero-b));box-shadow:var(--shadow);display:grid;grid-template-columns:auto 1fr;gap:26px;align-items:center}
.hero.bad{background:linear-gradient(115deg,var(--hero-bad-a),var(--hero-bad-b))}
.hero .seal{width:92px;height:92px}.hero strong{display:block;font-size:38px;line-height:1.1;letter-spacing:-.03em;font-weight:750}
.hero p{margin:8px 0 0;font-size:16px;max-width:78ch;color:rgba(255,255,255,.92)}.hero .proof{display:flex;flex-wrap:wrap;gap:8px;margin-top:14px}
.hero .proof span{background:rgba(255,255,255,.16);border-radius:999px;padding:3px 12px;font-size:13px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(148px,1fr));gap:12px;margin:18px 0 0;padding:0;list-style:none}
.tile{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:14px 16px;box-shadow:var(--shadow)}
.tile .label{font-size:13px;color:var(--muted)}.tile .value{font-size:24px;font-weight:680;letter-spacing:-.02em;line-height:1.25;margin-top:2px}
.tile .value small{font-size:14px;font-weight:500;color:var(--muted);letter-spacing:0}.tile .value.long{font-size:18px;line-height:30px;letter-spacing:-.03em}.tile .note{font-size:13px;color:var(--muted)}
section{margin-top:40px}section>h2{font-size:20px;letter-spacing:-.015em;margin:0 0 4px}section>.lead{color:var(--muted);margin:0 0 14px;max-width:80ch}
.grid{display:grid;gap:16px;grid-template-columns:repeat(12,1fr)}.c12{grid-column:span 12}.c8{grid-column:span 8}.c7{grid-column:span 7}.c6{grid-column:span 6}.c5{grid-column:span 5}.c4{grid-column:span 4}
@media (max-width:900px){.c8,.c7,.c6,.c5,.c4{grid-column:span 12}.hero{grid-template-columns:1fr;padding:24px}.hero .seal{width:64px;height:64px}.hero strong{font-size:30px}.wrap{padding:0 16px}}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:18px 20px;box-shadow:var(--shadow);min-width:0}
.card h3{font-size:15px;margin:0;letter-spacing:-.005em}.card .sub{color:var(--muted);font-size:13px;margin:0 0 10px}
.scroll{overflow-x:auto}svg.chart{display:block;width:100%;height:auto;min-width:440px}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--muted)}svg text.strong{fill:var(--ink);font-weight:650}svg .grid-line{stroke:var(--line);stroke-width:1}
svg .hit:hover{opacity:.8}.voice{fill:var(--voice)}.sms{fill:var(--sms)}.data{fill:var(--data)}.other{fill:var(--muted)}
.legend{display:flex;flex-wrap:wrap;gap:14px;font-size:13px;color:var(--muted);margin:2px 0 8px}.legend i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:6px;vertical-align:-1px;background:var(--c)}
.bars{display:grid;gap:9px 12px;margin:0;padding:0;list-style:none;grid-template-columns:minmax(110px,32%) 1fr auto}.bars li{display:grid;grid-column:span 3;grid-template-columns:subgrid;align-items:center}
@media (min-width:901px){.bars.two{grid-template-columns:minmax(110px,19%) 1fr auto minmax(110px,19%) 1fr auto;column-gap:18px}}
.bars .name{font-size:13px;overflow-wrap:anywhere;line-height:1.25}.bars .name small{display:block;color:var(--muted);font-size:12px}.bars .track{display:flex;height:14px;border-radius:5px;background:var(--sunk);overflow:hidden}
.bars .track span{display:block;height:100%;min-width:2px;background:var(--c,var(--accent))}.bars .figure{font-size:13px;text-align:right;font-weight:600;white-space:nowrap}.bars .figure small{display:block;font-weight:400;color:var(--muted);font-size:12px}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{padding:7px 9px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}thead th{color:var(--muted);font-weight:600;font-size:12.5px;background:var(--card)}
tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}tbody th{font-weight:600}tbody th small{font-weight:400}.chain td:nth-child(2),.files td{white-space:nowrap}td.n,th.n{text-align:right;white-space:nowrap}tfoot td,tfoot th{border-top:2px solid var(--line);border-bottom:0;font-weight:650}
.status{display:inline-block;border-radius:999px;padding:0 9px;font-size:12px;font-weight:650;line-height:20px;white-space:nowrap}.ok{background:var(--good-soft);color:var(--good)}.no{background:var(--bad-soft);color:var(--bad)}.hm{background:var(--warn-soft);color:var(--warn)}
.zero{color:var(--good);font-weight:700}.diff{color:var(--bad);font-weight:700}.quiet{color:var(--muted)}
code{font:12.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
details.twin{margin-top:10px;font-size:13px}details.twin summary{cursor:pointer;color:var(--muted)}details.twin .scroll{max-height:320px;overflow:auto;margin-top:6px}
.tools{display:flex;flex-wrap:wrap;gap:10px;align-items:center;margin-bottom:12px}.tools input[type=search],.tools select{font:inherit;font-size:14px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:8px;padding:7px 10px}
.tools input[type=search]{flex:1 1 240px;min-width:160px}.tools label{font-size:14px;color:var(--muted);display:inline-flex;gap:6px;align-items:center}.tools output{margin-left:auto;font-size:13px;color:var(--muted)}
.files{max-height:560px;overflow:auto;border:1px solid var(--line);border-radius:10px}.files thead th{position:sticky;top:0;z-index:1;box-shadow:inset 0 -1px var(--line)}.files tr[hidden]{display:none}.files tbody tr:hover{background:var(--sunk)}
.chain td{vertical-align:middle}.chain .stage{border-right:1px solid var(--line);background:var(--sunk);min-width:190px}.chain .stage small{display:block;font-weight:400;color:var(--muted);max-width:34ch}
footer{margin:48px 0 40px;padding-top:18px;border-top:1px solid var(--line);color:var(--muted);font-size:13px;display:flex;flex-wrap:wrap;gap:6px 22px}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{.top,.tools,details.twin{display:none}.files{max-height:none}.card,.tile{box-shadow:none;break-inside:avoid}body{background:#fff}}
`;
