/** What an element holds: text, a list (each item in a `<member>`, as the query protocol has it), or elements by name. */
export type Xml = string | number | boolean | Date | undefined | readonly Xml[] | XmlElements;
export interface XmlElements {
  readonly [name: string]: Xml;
}

/** The element as text. What is undefined is left out. */
export function element(name: string, value: Xml): string {
  return value === undefined ? '' : `<${name}>${contents(value)}</${name}>`;
}

function contents(value: Exclude<Xml, undefined>): string {
  if (isList(value)) return value.map((item) => element('member', item)).join('');
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return escaped(String(value));
  return Object.entries(value)
    .map(([name, item]) => element(name, item))
    .join('');
}

const isList = (value: Xml): value is readonly Xml[] => Array.isArray(value);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // As it is, a parser would take it for a line's end.
  '\r': '&#13;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>\r]/g, (character) => ESCAPES[character] ?? character);
