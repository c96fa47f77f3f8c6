import type { LocalOptions } from './start.ts';

type AlarmChange = Parameters<NonNullable<LocalOptions['onAlarm']>>[0];

/**
 * An alarm that begins or is over, in a line: `ALARM  Subscriptions-WebhookFailing  <what is at stake> What to do:
 * docs/runbook.md#webhook-failing`. Nothing for one that was looked at for the first time, and is quiet.
 */
export function alarmLine({ name, description, state, before }: AlarmChange): string {
  if (state === 'ALARM') return `ALARM  ${name}  ${description}\n`;
  return before === 'ALARM' ? `OK     ${name}\n` : '';
}
