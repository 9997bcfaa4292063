/**
 * The colours of the panel's own theme (client/src/styles.css), written in sRGB: phones whose browser does not know
 * oklch open this page too. The fonts are those of the phone.
 */
export const PAGE_CSS = `
:root {
  color-scheme: light dark;
  --bg: #f9fafb; --panel: #fff; --hover: #f1f2f4; --line: #e1e3e6; --line-strong: #cfd1d5;
  --fg: #181b20; --fg-2: #44484f; --fg-3: #5f636c;
  --accent: #3e5ed8; --accent-fg: #fcfcfc; --accent-soft: #e7eeff;
  --ok: #007742; --ok-soft: #dff8e6; --warn: #8b5500; --warn-soft: #fff2d6; --bad: #c51d28; --bad-soft: #fff2f2;
  --track: #e5e6e9;
  --lift: 0 1px 2px rgb(16 20 30 / 5%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0b0c0f; --panel: #111215; --hover: #191b1f; --line: #212327; --line-strong: #313338;
    --fg: #eff0f2; --fg-2: #b8bac0; --fg-3: #92959c;
    --accent: #768efd; --accent-fg: #070911; --accent-soft: #1b2242;
    --ok: #46d18d; --ok-soft: #0f271a; --warn: #f1ba4b; --warn-soft: #2d210b; --bad: #fe7878; --bad-soft: #291414;
    --track: #282a2e;
    --lift: inset 0 1px 0 rgb(255 255 255 / 3%);
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--bg);
  color: var(--fg);
  font: 15px/1.5 Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei',
    'Noto Sans CJK SC', sans-serif;
  -webkit-font-smoothing: antialiased;
}
:lang(fa) body { font-family: Vazirmatn, Vazir, system-ui, 'Segoe UI', Tahoma, sans-serif; line-height: 1.7; }
h1, h2, p, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
main, .top, .side { display: grid; gap: 12px; min-width: 0; }
main {
  max-width: 1040px;
  margin: 0 auto;
  padding: max(16px, env(safe-area-inset-top)) 16px max(32px, env(safe-area-inset-bottom));
}
header { display: flex; align-items: center; gap: 10px; min-width: 0; padding: 6px 2px; }
.mark {
  display: grid; place-items: center; flex: none; width: 30px; height: 30px;
  border-radius: 9px; background: var(--fg); color: var(--bg);
}
.mark svg { width: 64%; }
h1 { min-width: 0; overflow: hidden; font-size: 16px; font-weight: 600; text-overflow: ellipsis; white-space: nowrap; }
h2 { font-size: 14px; font-weight: 600; }
.card {
  min-width: 0; padding: 18px; border: 1px solid var(--line); border-radius: 14px;
  background: var(--panel); box-shadow: var(--lift);
}
.hint { margin-top: 2px; color: var(--fg-3); font-size: 13px; }
.who { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
.who b { min-width: 0; overflow: hidden; font-size: 20px; font-weight: 600; text-overflow: ellipsis; }
.status {
  display: inline-flex; flex: none; align-items: center; gap: 6px; padding: 2px 10px;
  border-radius: 99px; font-size: 13px; font-weight: 500;
}
.status::before { width: 7px; height: 7px; border-radius: 50%; background: currentColor; content: ''; }
.ok { background: var(--ok-soft); color: var(--ok); }
.warn { background: var(--warn-soft); color: var(--warn); }
.bad { background: var(--bad-soft); color: var(--bad); }
.off { background: var(--hover); color: var(--fg-3); }
.notice { margin-top: 14px; padding: 10px 12px; border-radius: 10px; font-size: 14px; }
.used { display: flex; align-items: baseline; flex-wrap: wrap; gap: 2px 8px; margin-top: 20px; color: var(--fg-3); }
.used b { color: var(--fg); font-size: 30px; font-weight: 600; letter-spacing: -0.02em; line-height: 1.2; }
:lang(fa) .used b { letter-spacing: 0; }
.used .left { margin-inline-start: auto; font-size: 13px; }
progress {
  display: block; width: 100%; height: 8px; margin-top: 10px; overflow: hidden;
  border: 0; border-radius: 99px; background: var(--track); appearance: none; -webkit-appearance: none;
}
progress::-webkit-progress-bar { background: var(--track); }
progress::-webkit-progress-value { border-radius: 99px; background: var(--accent); }
progress::-moz-progress-bar { border-radius: 99px; background: var(--accent); }
progress.narrow::-webkit-progress-value { background: var(--warn); }
progress.narrow::-moz-progress-bar { background: var(--warn); }
progress.full::-webkit-progress-value { background: var(--bad); }
progress.full::-moz-progress-bar { background: var(--bad); }
dl { display: grid; grid-template-columns: 1fr 1fr; gap: 14px 16px; margin-top: 18px; padding-top: 16px; border-top: 1px solid var(--line); }
dt { color: var(--fg-3); font-size: 13px; }
dd { font-weight: 500; }
dd small { display: block; color: var(--fg-3); font-size: 13px; font-weight: 400; }
.wide { grid-column: 1 / -1; }
.link { display: flex; gap: 8px; margin-top: 14px; }
.link input {
  flex: 1; min-width: 0; padding: 0 12px; border: 1px solid var(--line-strong); border-radius: 10px;
  background: var(--bg); color: var(--fg-2); font: 13px/1 ui-monospace, 'SF Mono', Menlo, monospace; text-overflow: ellipsis;
}
button {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; flex: none; min-height: 40px; padding: 0 14px;
  border: 1px solid var(--line-strong); border-radius: 10px; background: var(--panel); color: var(--fg);
  font: inherit; font-size: 14px; font-weight: 500; cursor: pointer;
}
button[hidden] { display: none; }
button:hover { background: var(--hover); }
button.main { border-color: transparent; background: var(--accent); color: var(--accent-fg); }
button.main:hover { filter: brightness(1.07); }
button[data-copied] { border-color: transparent; background: var(--ok-soft); color: var(--ok); }
.apps { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; margin-top: 14px; }
.apps a {
  display: block; min-width: 0; padding: 10px 14px; border: 1px solid var(--line); border-radius: 10px;
  color: inherit; text-decoration: none;
}
.apps a:hover { border-color: var(--line-strong); background: var(--hover); }
.apps b { display: block; overflow: hidden; font-weight: 500; text-overflow: ellipsis; white-space: nowrap; }
.apps small { display: block; overflow: hidden; color: var(--fg-3); font-size: 12px; text-overflow: ellipsis; white-space: nowrap; }
.qr { display: flex; flex-direction: column; align-items: center; gap: 12px; text-align: center; }
.qr svg { width: min(100%, 232px); height: auto; padding: 10px; border: 1px solid var(--line); border-radius: 12px; background: #fff; }
.servers { margin: 12px -18px -18px; border-top: 1px solid var(--line); }
.servers li { display: flex; align-items: flex-start; gap: 8px; padding: 8px 10px 8px 18px; }
[dir='rtl'] .servers li { padding: 8px 18px 8px 10px; }
.servers li + li { border-top: 1px solid var(--line); }
.servers details { flex: 1; min-width: 0; }
.servers summary { padding: 1px 0; cursor: pointer; list-style: none; }
.servers summary::-webkit-details-marker { display: none; }
.servers b { display: block; overflow: hidden; font-weight: 500; text-overflow: ellipsis; white-space: nowrap; }
.servers small { color: var(--fg-3); font-size: 12px; }
.servers code {
  display: block; margin: 6px 0; padding: 10px 12px; border-radius: 8px; background: var(--hover); color: var(--fg-2);
  font: 12px/1.5 ui-monospace, 'SF Mono', Menlo, monospace; overflow-wrap: anywhere; user-select: all; text-align: left;
}
.servers button { width: 40px; padding: 0; border-color: transparent; background: none; color: var(--fg-3); }
.servers button:hover { background: var(--hover); color: var(--fg); }
.servers button[data-copied] { color: var(--ok); }
.servers svg, .link svg { width: 16px; height: 16px; }
button .done, button[data-copied] .copy { display: none; }
button[data-copied] .done { display: block; }
.formats { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
.formats a { padding: 5px 12px; border: 1px solid var(--line); border-radius: 99px; font-size: 13px; text-decoration: none; }
.formats a:hover { border-color: var(--line-strong); background: var(--hover); }
.gone { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (min-width: 860px) {
  main, .top, .side { gap: 16px; }
  main { grid-template: auto auto 1fr / minmax(0, 1fr) 320px; align-items: start; padding-top: 32px; }
  header { grid-column: 1 / -1; }
  .side { position: sticky; top: 32px; grid-column: 2; grid-row: 2 / span 2; }
  .list { grid-column: 1; }
  .apps { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  dl { grid-template-columns: repeat(3, 1fr); }
  .wide { grid-column: auto; }
}
@media (prefers-reduced-motion: no-preference) {
  button, .apps a, .formats a { transition: background 120ms, border-color 120ms, color 120ms; }
}
`;
