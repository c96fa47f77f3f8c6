import { openBag, type Bag } from './bag.ts';
import { managedResponseHeadersPolicies } from './managed-policies.ts';
import type { EdgeResponse } from './message.ts';
import { unknownPolicy, type PolicyLookup } from './policies.ts';

/** The resolved `ResponseHeadersPolicyConfig` of an AWS::CloudFront::ResponseHeadersPolicy. */
export type ResponseHeadersPolicyConfig = Readonly<Record<string, unknown>>;

/** Adds and removes headers on the way to the viewer, whether the answer comes from the cache or from the origin. */
export type ResponseHeadersPolicy = (response: EdgeResponse) => EdgeResponse;

interface Addition {
  readonly name: string;
  readonly value: string;
  /** Whether it also replaces what the origin said. */
  readonly override: boolean;
}

const FILE = 'local/cloudfront/response-headers.ts';

/** @param id empty when the behaviour has no such policy */
export function findResponseHeadersPolicy(id: string, declared: PolicyLookup): ResponseHeadersPolicy {
  if (id === '') return (response) => response;
  const config = declared(id) ?? managedResponseHeadersPolicies[id] ?? unknownPolicy('response headers policy', id);
  const bag = openBag(config, 'ResponseHeadersPolicyConfig', FILE);
  const additions = [
    ...securityHeaders(bag.bag('SecurityHeadersConfig')),
    ...customHeaders(bag.bag('CustomHeadersConfig')),
  ];
  const removed = removedHeaders(bag.bag('RemoveHeadersConfig'));
  bag.done({
    Name: 'a name in the AWS console',
    Comment: 'a remark in the AWS console',
    ServerTimingHeadersConfig: 'it measures CloudFront itself',
  });
  return (response) => apply(response, additions, removed);
}

function apply(response: EdgeResponse, additions: readonly Addition[], removed: ReadonlySet<string>): EdgeResponse {
  const kept = Object.entries(response.headers).filter(([name]) => !removed.has(name));
  const headers = Object.fromEntries(kept);
  for (const { name, value, override } of additions) {
    if (override || headers[name] === undefined) headers[name] = value;
  }
  return { ...response, headers };
}

function securityHeaders(bag: Bag | undefined): readonly Addition[] {
  if (!bag) return [];
  const additions = [
    addition(bag, 'ContentSecurityPolicy', 'content-security-policy', (item) => item.text('ContentSecurityPolicy')),
    addition(bag, 'ContentTypeOptions', 'x-content-type-options', () => 'nosniff'),
    addition(bag, 'FrameOptions', 'x-frame-options', (item) => item.text('FrameOption')),
    addition(bag, 'ReferrerPolicy', 'referrer-policy', (item) => item.text('ReferrerPolicy')),
    addition(bag, 'StrictTransportSecurity', 'strict-transport-security', transportSecurity),
    addition(bag, 'XSSProtection', 'x-xss-protection', xssProtection),
  ];
  bag.done();
  return additions.flat();
}

function addition(bag: Bag, property: string, name: string, value: (item: Bag) => string): readonly Addition[] {
  const item = bag.bag(property);
  if (!item) return [];
  const added = { name, value: value(item), override: item.flag('Override', false) };
  item.done();
  return [added];
}

function transportSecurity(item: Bag): string {
  const subdomains = item.flag('IncludeSubdomains', false) ? '; includeSubDomains' : '';
  const preload = item.flag('Preload', false) ? '; preload' : '';
  return `max-age=${item.number('AccessControlMaxAgeSec', 0)}${subdomains}${preload}`;
}

function xssProtection(item: Bag): string {
  const block = item.flag('ModeBlock', false) ? '; mode=block' : '';
  return item.flag('Protection', false) ? `1${block}` : '0';
}

function customHeaders(bag: Bag | undefined): readonly Addition[] {
  const additions = (bag?.bags('Items') ?? []).map((item) => {
    const added = {
      name: item.text('Header').toLowerCase(),
      value: item.text('Value'),
      override: item.flag('Override', false),
    };
    item.done();
    return added;
  });
  bag?.done();
  return additions;
}

function removedHeaders(bag: Bag | undefined): ReadonlySet<string> {
  const names = (bag?.bags('Items') ?? []).map((item) => item.text('Header').toLowerCase());
  bag?.done();
  return new Set(names);
}
