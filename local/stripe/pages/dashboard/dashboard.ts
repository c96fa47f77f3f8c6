import type { PageAnswer } from '../answers.ts';
import { notFound } from '../not-found.ts';
import { customerPage } from './customer.ts';
import type { Desk } from './desk.ts';
import { eventPage } from './event.ts';
import { homePage } from './home.ts';

/** The dashboard's pages; null for an address that is none of its own. */
export function dashboardPage(desk: Desk, pathname: string, query: URLSearchParams): PageAnswer | null {
  const [, kind = '', id = '', ...rest] = pathname.split('/');
  if (pathname === '/') return scripted(homePage(desk, query));
  if (kind !== 'customers' && kind !== 'events') return null;
  if (rest.length > 0) return notFound();
  return scripted(kind === 'events' ? eventPage(desk, id) : customerPage(desk, id, query));
}

/** Only these pages run a script, their own. */
const scripted = (answer: PageAnswer): PageAnswer => ('page' in answer ? { ...answer, scripted: true } : answer);
