import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import Stripe from 'stripe';
import { STRIPE_JS } from '../../lib/site/stripe-js.ts';
import { addressTable } from '../../local/template/addresses.ts';
import { templateWith } from './synthesized.ts';

const policyOf = (template: Template) =>
  Object.values(template.findResources('AWS::CloudFront::ResponseHeadersPolicy'))[0]?.Properties
    .ResponseHeadersPolicyConfig;

/** The page's policy by directive; where the provider's origin is not known yet it is left out. */
function directivesOf(template: Template): Map<string, string> {
  const { ContentSecurityPolicy } = policyOf(template).SecurityHeadersConfig.ContentSecurityPolicy;
  const text: string =
    typeof ContentSecurityPolicy === 'string'
      ? ContentSecurityPolicy
      : ContentSecurityPolicy['Fn::Join'][1].filter((part: unknown) => typeof part === 'string').join('');
  return new Map(
    text.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]),
  );
}

const headersOf = (template: Template): Map<string, string> =>
  new Map(
    policyOf(template).CustomHeadersConfig.Items.map(({ Header, Value }: Record<string, string>) => [Header, Value]),
  );

const environmentOf = (template: Template, name: string) =>
  Object.values(template.findResources('AWS::Lambda::Function')).find(
    ({ Properties }) => Properties.Description === `functions/${name}.ts`,
  )?.Properties.Environment.Variables;

it('Stripe.js is of the release that goes with the API version: they are raised together', () => {
  expect(STRIPE_JS).toBe(`https://js.stripe.com/${Stripe.API_VERSION.split('.')[1]}/stripe.js`);
});

describe('a stack whose customers pay on Stripe’s page', () => {
  const template = templateWith();

  it('names nothing of Stripe’s: not for the page, and not for the functions', () => {
    expect(JSON.stringify(policyOf(template))).not.toContain('stripe.com');
    expect(JSON.stringify(template.findResources('AWS::Lambda::Function'))).not.toContain('js.stripe.com');
    expect(environmentOf(template, 'checkout')).not.toHaveProperty('CHECKOUT_UI_MODE');
  });

  it('lets no script make a policy for trusted types, and no frame pay', () => {
    expect(directivesOf(template).get('trusted-types')).toBe("'none'");
    expect(directivesOf(template).has('frame-src')).toBe(false);
    expect(headersOf(template).get('Permissions-Policy')).toContain('payment=()');
    expect(headersOf(template).get('Cross-Origin-Opener-Policy')).toBe('same-origin');
  });
});

describe.each(['embedded_page', 'elements'])('a stack with the setting checkout=%s', (checkout) => {
  const template = templateWith({ context: { checkout } });
  const directives = directivesOf(template);

  it('lets the page load, frame and ask what Stripe’s guide names, and nobody else', () => {
    expect(directives.get('script-src')).toBe(
      "'self' https://js.stripe.com https://*.js.stripe.com https://checkout.stripe.com",
    );
    expect(directives.get('frame-src')).toBe(
      'https://js.stripe.com https://*.js.stripe.com https://checkout.stripe.com https://hooks.stripe.com',
    );
    expect(directives.get('connect-src')).toContain('https://api.stripe.com');
    expect(directives.get('style-src')).toBe("'self'");
    expect(directives.get('default-src')).toBe("'none'");
  });

  it('goes on to refuse text as code, but for the one policy by which Stripe.js loads itself', () => {
    expect(directives.get('require-trusted-types-for')).toBe("'script'");
    expect(directives.get('trusted-types')).toBe('default');
  });

  it('lets Stripe’s frames ask for a payment, and hears from the windows that they open', () => {
    expect(headersOf(template).get('Permissions-Policy')).toContain('payment=(self "https://js.stripe.com"');
    expect(headersOf(template).get('Cross-Origin-Opener-Policy')).toBe('same-origin-allow-popups');
  });

  it('tells the two functions that have to know, and no other', () => {
    expect(environmentOf(template, 'checkout')).toMatchObject({ CHECKOUT_UI_MODE: checkout });
    expect(environmentOf(template, 'config')).toMatchObject({
      CHECKOUT_UI_MODE: checkout,
      STRIPE_JS: 'https://js.stripe.com/endive/stripe.js',
    });
    expect(environmentOf(template, 'portal')).not.toHaveProperty('CHECKOUT_UI_MODE');
  });

  it('is run by npm start with the simulator in Stripe’s place, in the policy and in what the page is told', () => {
    const simulator = 'http://127.0.0.1:12111';
    const addresses = { 'https://js.stripe.com': simulator, 'https://api.stripe.com': simulator };
    const { localize } = addressTable(addresses);
    const scripts = `'self' ${simulator} https://*.js.stripe.com https://checkout.stripe.com`;
    expect(localize(directives.get('script-src') ?? '')).toBe(scripts);
    expect(localize(directives.get('connect-src') ?? '')).toContain(simulator);
    expect(localize(directives.get('frame-src') ?? '')).toContain(simulator);
    expect(localize(environmentOf(template, 'config').STRIPE_JS)).toBe(`${simulator}/endive/stripe.js`);
  });
});
