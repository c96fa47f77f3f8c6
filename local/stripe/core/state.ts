import type Stripe from 'stripe';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/** All that the simulator keeps as objects of Stripe's API, each in a map by id, oldest first. */
export interface Objects {
  readonly customers: Stripe.Customer;
  readonly products: Stripe.Product;
  readonly prices: Stripe.Price;
  readonly paymentMethods: Stripe.PaymentMethod;
  readonly checkoutSessions: Stripe.Checkout.Session;
  readonly subscriptions: Stripe.Subscription;
  readonly invoices: Stripe.Invoice;
  readonly invoiceItems: Stripe.InvoiceItem;
  readonly invoicePayments: Stripe.InvoicePayment;
  readonly paymentIntents: Stripe.PaymentIntent;
  readonly charges: Stripe.Charge;
  readonly refunds: Stripe.Refund;
  readonly setupIntents: Stripe.SetupIntent;
  readonly coupons: Stripe.Coupon;
  readonly promotionCodes: Stripe.PromotionCode;
  readonly discounts: Stripe.Discount;
  readonly disputes: Stripe.Dispute;
  readonly portalConfigurations: Stripe.BillingPortal.Configuration;
  readonly portalSessions: Stripe.BillingPortal.Session;
  readonly webhookEndpoints: Stripe.WebhookEndpoint;
  readonly testClocks: Stripe.TestHelpers.TestClock;
}
export type Kind = keyof Objects;
export type Collections = { readonly [K in Kind]: Map<string, Objects[K]> };

/** What the payment intent of a one-time payment at Checkout is to have. */
export interface PaymentOrder {
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly receiptEmail: string | null;
  /** Whether the card is kept for later, and for which kind of payment. */
  readonly futureUsage: 'off_session' | 'on_session' | null;
  readonly captureMethod: 'automatic' | 'automatic_async';
  readonly shipping: Stripe.PaymentIntent.Shipping | null;
  readonly descriptorSuffix: string | null;
  /** A customer is made of whoever pays, and not only a guest. */
  readonly makesCustomer: boolean;
}

/** What a checkout session was asked to do and its own object does not show. */
export interface CheckoutOrder {
  readonly lines: readonly { readonly id: string; readonly price: string; readonly quantity: number }[];
  readonly subscriptionMetadata: Readonly<Record<string, string>>;
  readonly description: string | null;
  readonly trialEnd: { readonly days: number } | { readonly at: number } | null;
  readonly keepName: boolean;
  /** Coupons to be redeemed when the session completes. */
  readonly redemptions: readonly { readonly coupon: string; readonly promotionCode: string | null }[];
  /** What happens when the trial ends without a payment method. */
  readonly missingMethod: 'cancel' | 'create_invoice' | 'pause';
  /** In mode `payment` only. */
  readonly payment?: PaymentOrder;
}

/** What is kept of a card: never its number or security code. */
export interface KeptCard {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly name: string | null;
}

/** What somebody is asked to authenticate by 3-D Secure: a payment, or a card typed into a page that waits for the answer. `done` may be the shop's. */
export type Challenge =
  | { readonly kind: 'payment_intent' | 'setup_intent'; readonly id: string }
  | { readonly kind: 'checkout'; readonly session: string; readonly card: KeptCard; readonly email: string }
  | (CardOwner & { readonly kind: 'portal'; readonly card: KeptCard; readonly retry: string; readonly done: string });

/** Whose new card it is: a subscription's own, or the customer's default. */
export interface CardOwner {
  readonly customer: string;
  readonly subscription: string | null;
}

export interface Attempt {
  readonly at: number;
  /** The HTTP status answered, or null when there was no answer. */
  readonly status: number | null;
  readonly note: string;
  /** How the answer's body begins, for people: webhooks often say there what became of the event. Empty when nothing was answered. */
  readonly answer?: string;
  /** Asked for by somebody, and not by the schedule of retries. */
  readonly byHand?: true;
}
export interface Delivery {
  readonly event: string;
  readonly endpoint: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: readonly Attempt[];
}
/** What the official CLI's `listen` asked for. */
export interface CliSession {
  readonly id: string;
  readonly device: string;
  /** Where the CLI says it forwards to; null when it only shows events. */
  readonly forwardsTo: string | null;
}
export type StoredEvent = Omit<Stripe.EventBase, 'pending_webhooks'>;

export interface State {
  readonly objects: Collections;
  /** Ids of customers that were deleted: Stripe still answers for them, with `deleted: true`. */
  readonly deletedCustomers: Set<string>;
  readonly events: Map<string, StoredEvent>;
  /** By event id, then by endpoint id. */
  readonly deliveries: Map<string, Map<string, Delivery>>;
  /** Signing secrets by webhook endpoint id: the API shows one only when the endpoint is created. Also that of the CLI. */
  readonly signingSecrets: Map<string, string>;
  /** Those that `listen` now, oldest first. */
  readonly cliSessions: Map<string, CliSession>;
  /** By event id, then by session id. Not among the deliveries: what listens by the CLI is no endpoint. */
  readonly cliDeliveries: Map<string, Map<string, Delivery>>;
  readonly orders: Map<string, CheckoutOrder>;
  /** Portal session ids by the token in their URL, invoice ids by the token in theirs. */
  readonly portalTokens: Map<string, string>;
  readonly invoiceTokens: Map<string, string>;
  /** Products a portal configuration lets customers change to, by configuration id: shown by the API only when expanded. */
  readonly portalProducts: Map<string, Stripe.BillingPortal.Configuration.Features.SubscriptionUpdate.Product[]>;
  /** Proration lines waiting for the next invoice, by subscription id. */
  readonly pendingLines: Map<string, Stripe.InvoiceLineItem[]>;
  /** `subscription trial_end` of the trials whose near end was announced. */
  readonly trialNotices: Set<string>;
  /** Payment methods whose owner has authenticated them for payments to come. */
  readonly authenticatedMethods: Set<string>;
  /** By the token in the address of the page that asks. */
  readonly challenges: Map<string, Challenge>;
  /** When the bank says what came of a payment that is processing, in whole seconds by intent id. */
  readonly settlements: Map<string, number>;
  /** What time it was for a customer on a test clock, in whole seconds by event id: the event tells the account's time. */
  readonly clockTimes: Map<string, number>;
  /** How this account is set; the one thing here that is replaced as a whole. */
  settings: Settings;
}

const emptyCollections = (): Collections => ({
  customers: new Map(),
  products: new Map(),
  prices: new Map(),
  paymentMethods: new Map(),
  checkoutSessions: new Map(),
  subscriptions: new Map(),
  invoices: new Map(),
  invoiceItems: new Map(),
  invoicePayments: new Map(),
  paymentIntents: new Map(),
  charges: new Map(),
  refunds: new Map(),
  setupIntents: new Map(),
  coupons: new Map(),
  promotionCodes: new Map(),
  discounts: new Map(),
  disputes: new Map(),
  portalConfigurations: new Map(),
  portalSessions: new Map(),
  webhookEndpoints: new Map(),
  testClocks: new Map(),
});

export const emptyState = (): State => ({
  objects: emptyCollections(),
  deletedCustomers: new Set(),
  events: new Map(),
  deliveries: new Map(),
  signingSecrets: new Map(),
  cliSessions: new Map(),
  cliDeliveries: new Map(),
  orders: new Map(),
  portalTokens: new Map(),
  invoiceTokens: new Map(),
  portalProducts: new Map(),
  pendingLines: new Map(),
  trialNotices: new Set(),
  authenticatedMethods: new Set(),
  challenges: new Map(),
  settlements: new Map(),
  clockTimes: new Map(),
  settings: DEFAULT_SETTINGS,
});

/** Stripe lists the newest first. */
export const newestFirst = <T>(map: ReadonlyMap<string, T>): T[] => [...map.values()].toReversed();
