import { TemplateError } from '../template/json.ts';

/** Whether a header, cookie or query parameter of this name is chosen. */
export type Choice = (name: string) => boolean;

export const none: Choice = () => false;

/** @param behaviour one of CloudFront's words for a choice; @param names what it lists */
export function chooser(behaviour: string, names: readonly string[], place: string): Choice {
  const listed = new Set(names);
  switch (behaviour) {
    case 'none':
      return none;
    case 'whitelist':
      return (name) => listed.has(name);
    case 'all':
    case 'allViewer':
      return () => true;
    case 'allExcept':
      return (name) => !listed.has(name);
    default:
      throw new TemplateError(
        place,
        `is ${behaviour}, which is not known here.`,
        'Add it to local/cloudfront/choice.ts.',
      );
  }
}

/** The pairs of a query string whose names are chosen, in their order and as they were sent. */
export function chosenQuery(query: string, choice: Choice): string {
  return query
    .split('&')
    .filter((pair) => pair !== '' && choice(nameOf(pair)))
    .join('&');
}

/** A Cookie header with the chosen cookies only; empty when none is left. */
export function chosenCookies(cookie: string, choice: Choice): string {
  return cookie
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && choice(nameOf(pair)))
    .join('; ');
}

const nameOf = (pair: string): string => pair.split('=', 1)[0] ?? '';
