import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { globalName } from './global-name.ts';
import { STRIPE_SOURCES } from './stripe-js.ts';

export interface PageSources {
  /** Where the page may send requests to, beside the site itself. */
  readonly connectSources: readonly string[];
  readonly stripeJs: boolean;
}

/**
 * What the page may load and call: its own files, the API (the same origin), and the provider that signs in. Where Checkout
 * is Stripe's page, to which the browser goes, nothing of Stripe's is loaded here.
 */
const contentSecurityPolicy = ({ connectSources, stripeJs }: PageSources): string => {
  const { script, connect, frame, image } = stripeJs ? STRIPE_SOURCES : NONE;
  return [
    "default-src 'none'",
    sources('script-src', "'self'", ...script),
    "style-src 'self'",
    sources('img-src', "'self'", 'data:', ...image),
    "font-src 'self'",
    "manifest-src 'self'",
    sources('connect-src', "'self'", ...connectSources, ...connect),
    ...(frame.length > 0 ? [sources('frame-src', ...frame)] : []),
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // Text that a script hands to the browser is never taken for HTML or code: the page builds elements, and nothing else can.
    "require-trusted-types-for 'script'",
    // Stripe.js loads more of itself: the page's one policy lets it, from Stripe and from nowhere else (decision 28).
    `trusted-types ${stripeJs ? 'default' : "'none'"}`,
  ].join('; ');
};

const NONE = { script: [], connect: [], frame: [], image: [] } as const;

const sources = (directive: string, ...allowed: readonly string[]): string => [directive, ...allowed].join(' ');

/** Wallets pay through the browser's payment API, which is Stripe's frames' to call, and nobody's while none is here. */
const permissions = (stripeJs: boolean): string => {
  const frames = STRIPE_SOURCES.frame.map((source) => `"${source}"`).join(' ');
  return `camera=(), geolocation=(), microphone=(), payment=(${stripeJs ? `self ${frames}` : ''}), usb=()`;
};

/** The same for the page and the API: an answer of the API is never framed, sniffed or run either. */
export const securityHeaders = (scope: Construct, id: string, page: PageSources) =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: globalName(scope),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(page), override: true },
      // Not for names below this one: what else lives under an operator's domain is not ours to decide.
      strictTransportSecurity: { accessControlMaxAge: Duration.days(730), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      // Not even the origin: Stripe's session id is in the address of /success.
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        {
          header: 'Permissions-Policy',
          value: permissions(page.stripeJs),
          override: true,
        },
        // Some ways to pay open a window of their own, and hear from it.
        {
          header: 'Cross-Origin-Opener-Policy',
          value: page.stripeJs ? 'same-origin-allow-popups' : 'same-origin',
          override: true,
        },
        { header: 'Cross-Origin-Resource-Policy', value: 'same-origin', override: true },
      ],
    },
  });
