/** What to do about errors of others, whose words say only what happened. */
const NEXT_STEPS: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED 127\.0\.0\.1/, 'Is the local cloud still running? Start it again: npm start'],
  [
    /Could not load credentials/,
    'AWS credentials are taken as the AWS CLI takes them: set AWS_PROFILE, or sign in with it.',
  ],
  [/security token .* (invalid|expired)|ExpiredToken/, 'Sign in to AWS again, with the account of the stack.'],
  [/Region is missing/, 'Set AWS_REGION to the region of the stack.'],
  [/not authorized to perform/, 'Use an AWS identity that may do this; docs/operator.md says what the commands need.'],
  [/Requested resource not found/, 'Are these the outputs of a stack that is deployed, in this AWS account?'],
  [
    /(Invalid|Expired) API Key/i,
    'Is the key still there in the Stripe dashboard? Others are put into the stack by: npm run operator -- rotate keys',
  ],
  [/ETIMEDOUT|ENOTFOUND|EAI_AGAIN|connection to Stripe/, 'Look at the network, then start it again.'],
];

/** The error's own sentence, the sentence of what caused it, which often says more, and what to do if it is known. */
export function reasonOf(error: unknown): string {
  const step = nextStepAfter(error);
  return step === undefined ? saidBy(error) : `${saidBy(error)}\n${step}`;
}

/** What to do about an error whose words say only what happened; undefined when it is not known, or said by the error itself. */
export function nextStepAfter(error: unknown): string | undefined {
  const named = error instanceof Error ? `${error.name} ${saidBy(error)}` : saidBy(error);
  return NEXT_STEPS.find(([words]) => words.test(named))?.[1];
}

export function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && error.cause.message !== '' ? [`(${error.cause.message})`] : [];
  return [error.message || error.name, ...cause].join('\n');
}
