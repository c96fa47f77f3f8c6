import type { EndSubscription, ErasurePlan, Step } from '../../clients/personal/plan.ts';

/** What a step does, before it is done and after. */
const VERBS: Readonly<Record<Step['kind'], readonly [would: string, did: string]>> = {
  'expire checkout': ['would expire', 'expired'],
  'end subscription': ['would end', 'ended'],
  'give up charge': ['would give up', 'gave up'],
  'delete customer': ['would delete', 'deleted'],
  'forget customer': ['would forget', 'forgot'],
};

export const stepDone = (step: Step): string => `  ${VERBS[step.kind][1].padEnd(8)} ${aboutStep(step)}`;

/** What would be done. */
export const wordsOf = ({ userId, steps }: ErasurePlan): string[] => [
  `User ${userId}`,
  ...steps.map((step) => `  ${VERBS[step.kind][0].padEnd(14)} ${aboutStep(step)}`),
];

function aboutStep(step: Step): string {
  switch (step.kind) {
    case 'expire checkout':
      return `${step.sessionId}, a checkout that is open`;
    case 'end subscription':
      return `${step.subscriptionId}${howItEnds(step)}`;
    case 'give up charge': {
      const { runId, amount, currency, status } = step.charge;
      return `what is owed for ${runId}: ${amount} ${currency} in its smallest unit (${status})`;
    }
    case 'delete customer':
      return `${step.customerId} at Stripe, with the cards`;
    default:
      return `${step.customerId} in the table, with the email`;
  }
}

function howItEnds({ status, live, paidUntil }: EndSubscription): string {
  if (status === null) return ', which Stripe does not know: its record goes';
  if (!live) return ` (${status}): its record goes, and the user's id at Stripe`;
  const until = paidUntil === null ? '' : `, its period ends ${new Date(paidUntil * 1000).toISOString().slice(0, 10)}`;
  return ` (${status}${until}): at once, nothing is refunded; its record goes`;
}

/** What to know afterwards, and what to do. */
export function endingOf(
  { steps }: ErasurePlan,
  apply: boolean,
  { stays, signIn }: { readonly stays: readonly string[]; readonly signIn: string },
): string[] {
  const known = ['', 'What stays', ...stays.map((line) => `  - ${line}`), ''];
  if (apply && steps.length > 0) return ['', 'Something is left. Do it again: it goes on from here.'];
  if (apply) return [...known, 'Nothing else is left.', signIn];
  if (steps.length === 0) return [...known, 'Nothing is left to erase.', signIn];
  return [...known, 'Nothing was changed. To do it: the same with --apply.'];
}

/** What stays, where, and until when: to be told to the person. */
export function whatStays({ charges }: Pick<ErasurePlan, 'charges'>): string[] {
  return [
    'At Stripe: invoices and payments, with the name and email that stood on them, which the law wants kept. When it does not\n    any more, have Stripe redact them: https://docs.stripe.com/privacy/redaction',
    ...(charges > 0
      ? [`In the table: ${charges} charges, with amounts and ids and without an email, for the books.`]
      : []),
    'In the table: for 31 days the ids of the subscriptions, so that late events bring nothing back; and that the user has no\n    access, with the number of times that changed.',
    'In backups of the table: everything, for 35 days. After a restore from one, erase again.',
    'In the functions’ logs: the user’s id, for a month.',
  ];
}

/** The sign-in is not this stack's to delete when the provider is another's. */
export const signInAdvice = (userId: string, issuer: string | undefined): string => {
  const pool = /^https:\/\/cognito-idp\.([\w-]+)\.amazonaws\.com\/([\w-]+)$/.exec(issuer ?? '');
  if (!pool) return 'Delete the sign-in at the identity provider, too.';
  const [, region, poolId] = pool;
  const username = /^[\w-]+$/.test(userId) ? userId : '<user>';
  return `Delete the sign-in, too: aws cognito-idp admin-delete-user --region ${region} --user-pool-id ${poolId} --username ${username}`;
};
