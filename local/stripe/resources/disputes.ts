import type Stripe from 'stripe';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { closeDispute, isInquiry } from '../life/disputing.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, notSupported, object, type Parsed, text, unsettable } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const evidence = object({
  customer_email_address: unsettable(text()),
  customer_name: unsettable(text()),
  product_description: unsettable(text(20_000)),
  cancellation_rebuttal: unsettable(text(20_000)),
  refund_refusal_explanation: unsettable(text(20_000)),
  service_date: unsettable(text()),
  uncategorized_text: unsettable(text(20_000)),
});
const updateParams = { evidence, submit: bool, metadata, intended_submission_method: notSupported };
const filterParams = { ...listParams, charge: text(), payment_intent: text(), created: range };

const OPEN = new Set<string>(['needs_response', 'under_review', 'warning_needs_response', 'warning_under_review']);

function openDispute(work: Work, id: string): Stripe.Dispute {
  const dispute = find(work, 'disputes', id);
  if (!OPEN.has(dispute.status)) throw invalidRequest('This dispute is already closed');
  return dispute;
}

/** Only what was sent, so that nothing else is forgotten. */
const sent = <T extends object>(fields: T): Partial<T> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys; these are some of those of T
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Stripe's own test words decide at once; other evidence is under review until the dispute is closed by hand. */
function decision(dispute: Stripe.Dispute): 'won' | 'lost' | null {
  if (dispute.evidence.uncategorized_text === 'winning_evidence') return 'won';
  return dispute.evidence.uncategorized_text === 'losing_evidence' ? 'lost' : null;
}

const reviewOf = (dispute: Stripe.Dispute): 'under_review' | 'warning_under_review' =>
  isInquiry(dispute) ? 'warning_under_review' : 'under_review';

function updateDispute(work: Work, id: string, params: Parsed<typeof updateParams>): Stripe.Dispute {
  const dispute = openDispute(work, id);
  const submitted = params.evidence !== undefined && params.submit !== false;
  const { submission_count: count } = dispute.evidence_details;
  const next: Stripe.Dispute = {
    ...dispute,
    evidence: { ...dispute.evidence, ...sent(params.evidence ?? {}) },
    evidence_details: {
      ...dispute.evidence_details,
      has_evidence: dispute.evidence_details.has_evidence || params.evidence !== undefined,
      submission_count: submitted ? count + 1 : count,
      submission_method: submitted ? 'manual' : dispute.evidence_details.submission_method,
    },
    metadata: mergeMetadata(dispute.metadata, params.metadata),
    status: submitted ? reviewOf(dispute) : dispute.status,
  };
  const saved = work.save('disputes', next, 'charge.dispute.updated');
  const decided = submitted && !isInquiry(dispute) ? decision(saved) : null;
  return decided === null ? saved : closeDispute(work, saved, decided);
}

/** Whoever closes a dispute loses it; an inquiry is only closed. */
const giveUp = (work: Work, dispute: Stripe.Dispute): Stripe.Dispute =>
  closeDispute(work, dispute, isInquiry(dispute) ? 'warning_closed' : 'lost');

export const disputeRoutes: Route[] = [
  route('GET', '/v1/disputes/:id', {}, ({ work, id }) => find(work, 'disputes', id)),
  route('POST', '/v1/disputes/:id', updateParams, ({ work, id, params }) => updateDispute(work, id, params)),
  route('POST', '/v1/disputes/:id/close', {}, ({ work, id }) => giveUp(work, openDispute(work, id))),
  route('GET', '/v1/disputes', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.disputes).filter(
      (dispute) =>
        asked<unknown>(dispute.charge, params.charge) &&
        asked<unknown>(dispute.payment_intent, params.payment_intent) &&
        inRange(dispute.created, params.created),
    );
    return pageOf('/v1/disputes', wanted, params);
  }),
];
