import { inUtc } from '../command-line/clock.ts';
import type { KeysRotated } from './keys.ts';
import type { Rotated } from './webhook.ts';

const FINISH = 'npm run operator -- rotate webhook --finish';

/** What stands, and what comes next. */
export function webhookWords(rotated: Rotated): string[] {
  if (rotated.state === 'none') return ['No rotation of the webhook secret is under way. To begin one: rotate webhook'];
  const { state, endpoint, replaced, since, endsAt, applied } = rotated;
  const old = replaced ?? 'the one before';
  if (state === 'finished')
    return [
      `Finished. ${endpoint} alone delivers, and its secret alone is accepted.`,
      `Of ${old}, events that it had still to deliver and that were applied in its place: ${applied}`,
      'Functions forget the old secret within five minutes. To see that all is well: npm run operator -- doctor',
    ];
  return [
    `${state === 'begun' ? 'Begun' : 'Under way'}. ${endpoint} takes over from ${old}.`,
    '  Both deliver, and both secrets are accepted: each event comes twice, and the second changes nothing.',
    `  ${endpoint} listens since ${inUtc(since)}.`,
    '',
    `What comes next: after ${inUtc(endsAt)}, to end it: ${FINISH}`,
    'Until then there is nothing to do. If the old secret is known to others, end it at once: the same with --now.',
  ];
}

export const tooEarly = (endsAt: number): string =>
  `Not ended: a day has not passed yet. It can be ended after ${inUtc(endsAt)}, or at once with --now.`;

export function keysWords(rotated: KeysRotated): string[] {
  if (rotated.state === 'unchanged') return ['These are the keys that the stack has already. Nothing was changed.'];
  return [
    'The stack has the new keys. They are of the same account and mode, and may do what is needed.',
    '',
    'What comes next: functions use the old key for up to five minutes, jobs that run now for up to a quarter of an hour.',
    `  After ${inUtc(rotated.oldUnusedAt)} delete it in the Stripe dashboard; if you rolled it there, it expires of itself.`,
    '  To see that all is well: npm run operator -- doctor',
  ];
}
