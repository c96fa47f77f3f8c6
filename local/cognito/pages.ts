const style = `
:root { color-scheme: light dark; --ink: #16191f; --soft: #5a6270; --paper: #fff; --back: #f2f3f5; --line: #c4c9d1; --act: #0b5fcc; --fault: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceef2; --soft: #a3abb8; --paper: #1d2128; --back: #12151a; --line: #454c58; --act: #6aa6ff; --fault: #ff9a8f; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 25rem; padding: clamp(1.25rem, 6vw, 2rem); background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0 0 1.25rem; color: var(--soft); overflow-wrap: anywhere; }
label { display: block; margin-bottom: .375rem; font-weight: 600; }
input, button { display: block; width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; border-radius: .5rem; }
input { color: inherit; background: var(--paper); border: 1px solid var(--line); }
button { margin-top: 1.25rem; font-weight: 600; color: var(--paper); background: var(--act); border: 1px solid var(--act); cursor: pointer; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.fault { margin: .375rem 0 0; color: var(--fault); }
.note { margin: 1.5rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .875rem; }`;

const note =
  'This is the local stand-in for Amazon Cognito. Any email works, and there is no password: nothing leaves this machine.';

/** @param fault what is wrong with the email that was given, in a sentence */
export function signInPage({ action, email, fault }: { action: string; email: string; fault?: string }): string {
  const marks = fault ? ' aria-invalid="true" aria-describedby="fault"' : '';
  return page(
    'Sign in',
    `<h1>Sign in</h1>
<p>New here? The same form signs you up.</p>
<form method="post" action="${escape(action)}">
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" maxlength="254" required autofocus value="${escape(email)}"${marks}>
${fault ? `<p class="fault" id="fault" role="alert">${escape(fault)}</p>` : ''}
<button type="submit">Sign in</button>
</form>`,
  );
}

/** @param form the provider's own form, which carries its protection against forgery */
export function signOutPage(form: string): string {
  const button = '<button type="submit" name="logout" value="yes" autofocus>Sign out</button></form>';
  return page(
    'Signing out',
    `<h1>Signing out</h1>
<p>You are being taken back.</p>
${form.replace('</form>', `<input type="hidden" name="logout" value="yes">${button}`)}
<script>document.forms[0].submit()</script>`,
  );
}

export const signedOutPage = (): string => page('Signed out', '<h1>Signed out</h1><p>You can close this page.</p>');

/** @param code the OAuth error code, such as `invalid_request` */
export function faultPage(code: string, detail: string): string {
  return page(
    'Sign-in is not possible',
    `<h1>Sign-in is not possible</h1>
<p>${escape(detail)} (${escape(code)})</p>
<p>Go back to the site and start again from there.</p>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${content}
<p class="note">${note}</p>
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
