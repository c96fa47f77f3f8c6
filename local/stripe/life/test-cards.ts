import type Stripe from 'stripe';

/** What a test card does. Most of them can be attached and fail only when they are charged; two cannot even be attached. */
export type CardBehavior =
  | 'pays'
  | 'declined'
  | 'insufficient_funds'
  | 'fails_later'
  | 'authenticates_once'
  | 'authenticates_always'
  | 'disputes'
  | 'inquires';

export interface TestCard {
  /** As people type it. */
  readonly shown: string;
  readonly brand: 'visa' | 'mastercard' | 'amex';
  readonly behavior: CardBehavior;
  readonly does: string;
  /** Stripe's names for it in the API: payment methods and tokens that need no card number. */
  readonly names: readonly string[];
}

/** The cards that the simulator knows, with Stripe's own numbers and names. */
export const TEST_CARDS: readonly TestCard[] = [
  { shown: '4242 4242 4242 4242', brand: 'visa', behavior: 'pays', does: 'pays', names: ['pm_card_visa', 'tok_visa'] },
  {
    shown: '5555 5555 5555 4444',
    brand: 'mastercard',
    behavior: 'pays',
    does: 'pays, as a Mastercard',
    names: ['pm_card_mastercard', 'tok_mastercard'],
  },
  {
    shown: '4000 0000 0000 0002',
    brand: 'visa',
    behavior: 'declined',
    does: 'is declined',
    names: ['pm_card_visa_chargeDeclined', 'pm_card_chargeDeclined', 'tok_visa_chargeDeclined', 'tok_chargeDeclined'],
  },
  {
    shown: '4000 0000 0000 9995',
    brand: 'visa',
    behavior: 'insufficient_funds',
    does: 'has insufficient funds',
    names: [
      'pm_card_visa_chargeDeclinedInsufficientFunds',
      'pm_card_chargeDeclinedInsufficientFunds',
      'tok_visa_chargeDeclinedInsufficientFunds',
      'tok_chargeDeclinedInsufficientFunds',
    ],
  },
  {
    shown: '4000 0000 0000 0341',
    brand: 'visa',
    behavior: 'fails_later',
    does: 'can be saved (in a trial, in the portal), and fails when it is charged',
    names: ['pm_card_chargeCustomerFail', 'tok_chargeCustomerFail'],
  },
  {
    shown: '4000 0025 0000 3155',
    brand: 'visa',
    behavior: 'authenticates_once',
    does: 'asks for 3-D Secure once, then pays',
    names: ['pm_card_authenticationRequiredOnSetup', 'tok_authenticationRequiredOnSetup'],
  },
  {
    shown: '4000 0027 6000 3184',
    brand: 'visa',
    behavior: 'authenticates_always',
    does: 'asks for 3-D Secure at each payment, renewals too',
    names: ['pm_card_authenticationRequired', 'pm_card_threeDSecure2Required', 'tok_threeDSecure2Required'],
  },
  {
    shown: '4000 0000 0000 0259',
    brand: 'visa',
    behavior: 'disputes',
    does: 'pays, and then its holder disputes the charge',
    names: ['pm_card_createDispute', 'tok_createDispute'],
  },
  {
    shown: '4000 0000 0000 1976',
    brand: 'visa',
    behavior: 'inquires',
    does: 'pays, and then its bank asks what the charge was, which is no dispute yet',
    names: ['pm_card_createDisputeInquiry', 'tok_createDisputeInquiry'],
  },
];

const digitsOf = ({ shown }: TestCard): string => shown.replaceAll(' ', '');

export const last4Of = (card: TestCard): string => card.shown.slice(-4);

export const cardByNumber = (number: string): TestCard | undefined =>
  TEST_CARDS.find((card) => digitsOf(card) === number);

export const cardByName = (name: string): TestCard | undefined => TEST_CARDS.find((card) => card.names.includes(name));

/** A kept card is known by its last four digits, which differ among the test cards: nothing else of its number is kept. */
export const behaviorOf = (method: Stripe.PaymentMethod): CardBehavior =>
  TEST_CARDS.find((card) => last4Of(card) === method.card?.last4)?.behavior ?? 'pays';

/** Whether a card that is new to its customer asks for 3-D Secure. */
export const asksForAuthentication = (behavior: CardBehavior): boolean =>
  behavior === 'authenticates_once' || behavior === 'authenticates_always';

export interface Decline {
  readonly code: 'card_declined' | 'authentication_required';
  readonly decline_code: 'generic_decline' | 'insufficient_funds' | 'authentication_required';
  readonly message: string;
}

const GENERIC: Decline = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
};
const NO_FUNDS: Decline = {
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};

/** What the bank says when a card is charged; null when it pays. */
export function chargeDecline(behavior: CardBehavior): Decline | null {
  if (behavior === 'insufficient_funds') return NO_FUNDS;
  return behavior === 'declined' || behavior === 'fails_later' ? GENERIC : null;
}

/** What the bank says when a card is only checked, to be kept for later; null when it may be kept. */
export const attachDecline = (behavior: CardBehavior): Decline | null =>
  behavior === 'fails_later' ? null : chargeDecline(behavior);
