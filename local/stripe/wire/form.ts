import { invalidRequest } from './errors.ts';

/** A form as Stripe nests it: `a[b]=1&items[0][price]=p` is a map of maps. Maps, so that no key can reach a prototype. */
export type FormValue = string | Form;
export type Form = Map<string, FormValue>;

/** Deeper than anything Stripe's API has. */
const MAX_DEPTH = 8;

function pathOf(key: string): string[] {
  const open = key.indexOf('[');
  if (open === -1) return [key];
  const brackets = key.slice(open);
  if (open === 0 || !/^(\[[^[\]]*\])+$/.test(brackets)) throw invalidRequest(`Invalid parameter name: ${key}`);
  const path = [key.slice(0, open), ...brackets.slice(1, -1).split('][')];
  if (path.length > MAX_DEPTH) throw invalidRequest(`Parameter nested too deeply: ${key}`);
  return path;
}

function insert(form: Form, [head = '', ...rest]: readonly string[], value: string): void {
  // `expand[]=a&expand[]=b`: an empty index means "the next one".
  const key = head === '' ? String(form.size) : head;
  if (rest.length === 0) {
    form.set(key, value);
    return;
  }
  const existing = form.get(key);
  const child: Form = existing instanceof Map ? existing : new Map();
  form.set(key, child);
  insert(child, rest, value);
}

/** Parses `application/x-www-form-urlencoded` text (a body, or a query string without its `?`). */
export function parseForm(text: string): Form {
  const form: Form = new Map();
  for (const [key, value] of new URLSearchParams(text)) insert(form, pathOf(key), value);
  return form;
}
