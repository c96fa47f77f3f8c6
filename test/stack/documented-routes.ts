import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DocumentedRoute {
  /** As in `GET /api/config`. */
  readonly key: string;
  readonly signedIn: boolean;
}

/** The table at the top of docs/api.md. Subscribers are signed in, too. */
export const readDocumentedRoutes = (): readonly DocumentedRoute[] => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `((?:GET|POST) [^` ]+)`[^|]*\|([^|]+)\|/gm)];
  return rows.map(([, key = '', who = '']) => ({ key, signedIn: /signed in|subscribers/.test(who) }));
};
