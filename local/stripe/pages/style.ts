export const STYLE = `
:root { color-scheme: light dark; --back: #f6f7f4; --front: #1d2321; --card: #ffffff; --line: #c9cfc9; --key: #1f5f4a; --bad: #a4262c; --note: #5a6560; }
@media (prefers-color-scheme: dark) {
  :root { --back: #141816; --front: #e8ece9; --card: #1e2421; --line: #3d4742; --key: #7fd1b1; --bad: #ff9a94; --note: #a5b0aa; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--front); font: 1rem/1.5 system-ui, sans-serif; }
.banner { margin: 0; padding: 0.5rem 1rem; text-align: center; background: repeating-linear-gradient(135deg, #ffd84d 0 1.5rem, #ffe486 1.5rem 3rem); color: #1d1a00; font-weight: 600; }
main { max-width: 34rem; margin: 0 auto; padding: 1rem; }
main.wide { max-width: 60rem; }
main.bare { max-width: none; padding: 1rem 2px 0; }
h1 { font-size: 1.4rem; line-height: 1.25; }
h2 { font-size: 1.1rem; margin: 0 0 0.5rem; }
section, details { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 1rem; margin: 0 0 1rem; }
summary { font-weight: 600; cursor: pointer; }
[open] > summary { margin-bottom: 0.75rem; }
section > :first-child { margin-top: 0; }
section > :last-child, details > :last-child { margin-bottom: 0; }
dl { display: grid; grid-template-columns: fit-content(60%) 1fr; gap: 0.25rem 1rem; margin: 0; }
dl.amounts { grid-template-columns: 1fr max-content; }
.amounts dd { text-align: right; }
dt { color: var(--note); }
dd { margin: 0; overflow-wrap: anywhere; }
label, legend { display: block; font-weight: 600; }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; }
.choice { display: flex; gap: 0.5rem; align-items: baseline; font-weight: 400; padding: 0.4rem 0; }
.field { margin: 0 0 1rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
input[type='text'], input[type='email'] { width: 100%; padding: 0.6rem; font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 0.3rem; }
[aria-invalid='true'] { border-color: var(--bad) !important; }
.error { color: var(--bad); margin: 0.25rem 0 0; }
.notice { border-left: 0.3rem solid var(--bad); padding-left: 0.75rem; color: var(--bad); }
.note { color: var(--note); font-size: 0.9rem; }
button { font: inherit; font-weight: 600; padding: 0.6rem 1rem; border-radius: 0.3rem; border: 1px solid var(--key); background: transparent; color: var(--key); cursor: pointer; }
button.main { width: 100%; background: var(--key); color: var(--card); }
:focus-visible { outline: 3px solid #e0a800; outline-offset: 2px; }
a { color: var(--key); }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 1rem; }
@media (max-width: 30rem) { .row form, .row button { width: 100%; } }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.amount { text-align: right; white-space: nowrap; }
code { font-size: 0.9em; overflow-wrap: anywhere; }
`;
