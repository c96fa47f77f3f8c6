import type { AccessReason } from '../../billing/access.ts';

/** The rule behind each reason, as billing/access.ts decides and docs/api.md says. */
export const RULES: Readonly<Record<AccessReason, string>> = {
  active: 'Stripe says active, and no end is set.',
  trialing: 'The trial gives the same access as the plan, and no end is set.',
  canceling: 'It is going to end, and gives access until then.',
  past_due_grace:
    'A renewal was not paid. The grace days, counted from the start of the unpaid period, still give access.',
  past_due: 'A renewal was not paid, and the grace days are over.',
  unpaid: 'Stripe gave up on a renewal: unpaid gives no access.',
  paused: 'A trial ended without a card, so Stripe paused it: no access until it is resumed.',
  incomplete: 'The first payment is not done yet.',
  incomplete_expired: 'The first payment was never done.',
  canceled: 'It has ended.',
  unknown: 'Stripe gave a status that this version does not know: no access, to be safe.',
  no_subscription: 'There is no record of a subscription.',
};
