import type { Node } from 'constructs';
import { read, readMatching, readWord, refuse } from './settings/context.ts';
import { type Domain, readDomain } from './settings/domain.ts';
import { type Firewall, readFirewall } from './settings/firewall.ts';
import { type OwnProvider, readProvider } from './settings/provider.ts';

/** Where somebody pays, in the words of Stripe's `ui_mode`. */
const PLACES_TO_PAY = ['hosted_page', 'embedded_page', 'elements'] as const;
export type PlaceToPay = (typeof PLACES_TO_PAY)[number];

/** What an operator may choose, in `cdk.json` or with `cdk deploy -c name=value`. */
export interface Settings {
  /** Context `stage`: a second, separate stack in the same account. @default - none, the stack is `Subscriptions` */
  readonly stage?: string | undefined;
  /** Context `graceDays`: days of access after a renewal that failed. @default 7 */
  readonly graceDays: number;
  /**
   * Context `checkout`: where somebody pays, on Stripe's page, on Stripe's page inside ours, or on our own with Stripe's
   * Payment Element. The page loads Stripe.js for the last two.
   * @default hosted_page
   */
  readonly checkout: PlaceToPay;
  /** Context `disputes`: what a disputed payment does to its subscription. @default keep */
  readonly disputes: 'keep' | 'cancel';
  /** Context `removal`: whether records and users outlive the stack; `destroy` is for throw-away stages. @default retain */
  readonly removal: 'retain' | 'destroy';
  /**
   * Context `oidcIssuer` with `oidcClientId`, and `oidcOrigins` (comma separated) when the provider's token endpoint
   * is not on the issuer's own origin.
   * @default - the stack makes a Cognito user pool
   */
  readonly provider?: OwnProvider | undefined;
  /** Context `domainName`, with `certificateArn` or `hostedZoneId` or both. @default - CloudFront's own name */
  readonly domain?: Domain | undefined;
  /** Context `membersKey`: counting it up changes the key that opens the members' files. @default 1 */
  readonly membersKey: number;
  /** Context `alarmEmail`: who is told of alarms. @default - nobody, until somebody subscribes to the topic */
  readonly alarmEmail?: string | undefined;
  /** Context `waf`: true, or a web ACL's ARN. @default - none */
  readonly firewall?: Firewall | undefined;
}

/** Reads the settings from the context of `node`. Throws an Error that names the context key, the value and what is allowed. */
export const readSettings = (node: Node): Settings => {
  const stage = readMatching(
    node,
    'stage',
    /^[a-z][a-z0-9-]{0,19}$/,
    'it has to be up to 20 small letters, digits and hyphens, beginning with a letter',
  );
  return {
    stage,
    graceDays: readGraceDays(node),
    checkout: readWord(node, 'checkout', PLACES_TO_PAY) ?? 'hosted_page',
    disputes: readWord(node, 'disputes', ['keep', 'cancel']) ?? 'keep',
    removal: readRemoval(node, stage),
    provider: readProvider(node),
    domain: readDomain(node),
    firewall: readFirewall(node),
    membersKey: readMembersKey(node),
    alarmEmail: readMatching(
      node,
      'alarmEmail',
      /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/,
      'it has to be an email address',
    ),
  };
};

/** Stripe gives up on a failed renewal within two months at most: more days of grace could never end. */
const readGraceDays = (node: Node): number => {
  const value = read(node, 'graceDays') ?? 7;
  const days = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= 60
    ? days
    : refuse('graceDays', value, 'it has to be a whole number of days from 0 to 60');
};

const readMembersKey = (node: Node): number => {
  const value = read(node, 'membersKey') ?? 1;
  const count = typeof value === 'string' ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count >= 1
    ? count
    : refuse('membersKey', value, 'it has to be a whole number from 1 on');
};

/** The stack without a stage is the business itself, whose customers no setting shall lose. */
const readRemoval = (node: Node, stage: string | undefined): 'retain' | 'destroy' => {
  const removal = readWord(node, 'removal', ['retain', 'destroy']) ?? 'retain';
  return removal === 'destroy' && stage === undefined
    ? refuse('removal', removal, 'that is for a stage: give "stage" too')
    : removal;
};
