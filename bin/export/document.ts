import type { PersonalData } from '../../clients/personal/export.ts';

/** What is handed to the person: what is held, and before it what each part is. */
export interface ExportDocument extends PersonalData {
  readonly about: About;
}

interface About {
  readonly madeAt: string;
  readonly site: string;
  readonly units: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly notInHere: readonly string[];
}

const PARTS = {
  'records.customer':
    'Which customer of Stripe you are, the email that was verified when you became one, and the checkout you opened last.',
  'records.subscriptions':
    'Your subscriptions as this service last knew them, and when that was true at Stripe (asOf).',
  'records.access': 'What was last told to other systems about your access.',
  'records.charges': 'What was charged to your saved card beside a subscription.',
  'records.other': 'Anything else that is stored under your id.',
  'stripe.customer': 'You, as the payment provider Stripe knows you.',
  'stripe.subscriptions': 'Your subscriptions at Stripe, with the reason you gave for ending one, if you gave one.',
  'stripe.invoices': 'Your invoices, with the name and address that stand on them.',
  'stripe.payments': 'Your payments, with the last four digits of the card and the name given with it.',
  'stripe.paymentMethods':
    'The cards you have saved: brand, last four digits, expiry. Nobody but Stripe has the number.',
  'stripe.checkoutSessions': 'Each time you were at the checkout, with what you typed there about yourself.',
  'stripe.setupIntents': 'Each time you saved a card.',
};

const NOT_IN_HERE = [
  'The sign-in itself (email, password hash, second factor): the identity provider has it.',
  'The logs of the service: they name you by your user id alone.',
];

/** @param at seconds since 1970 */
export function exportDocument(data: PersonalData, site: string, at: number): ExportDocument {
  const madeAt = new Date(at * 1000).toISOString();
  const about = { madeAt, site, units: UNITS, parts: PARTS, notInHere: NOT_IN_HERE };
  return { about, ...data };
}

const UNITS = 'Times are seconds since 1970, in UTC; amounts are in the smallest unit of their currency (cents).';
