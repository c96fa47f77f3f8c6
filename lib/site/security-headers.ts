import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { globalName } from './global-name.ts';

/**
 * What the page may load and call: its own files, the API (the same origin), and the provider that signs in. Checkout
 * and the portal are Stripe's pages, to which the browser goes; nothing of Stripe's is loaded here.
 */
const contentSecurityPolicy = (connectSources: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    `connect-src ${["'self'", ...connectSources].join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // Text that a script hands to the browser is never taken for HTML or code: the page builds elements, and nothing else can.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** The same for the page and the API: an answer of the API is never framed, sniffed or run either. */
export const securityHeaders = (scope: Construct, id: string, connectSources: readonly string[]) =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: globalName(scope),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(connectSources), override: true },
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
          value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
          override: true,
        },
        { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
        { header: 'Cross-Origin-Resource-Policy', value: 'same-origin', override: true },
      ],
    },
  });
