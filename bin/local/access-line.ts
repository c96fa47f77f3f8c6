import { plain } from '../command-line/plain.ts';
import type { LocalOptions } from './start.ts';

type BusEvent = Parameters<NonNullable<LocalOptions['onEvent']>>[0];

/** A change of access in a line: `access.at_risk  pro_monthly  past_due_grace  until 2027-01-22  <user id>`. */
export function accessLine({ 'detail-type': type, detail }: BusEvent): string {
  const { plan, reason, until, userId } = detail;
  const day = typeof until === 'number' ? `until ${new Date(until * 1000).toISOString().slice(0, 10)}` : '';
  const parts = [type, plan, reason, day, userId].flatMap((part) => (typeof part === 'string' && part ? [part] : []));
  return `${plain(parts.join('  '))}\n`;
}
