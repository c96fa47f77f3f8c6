import type { Fields } from '../template/fields.ts';
import { managedResponseHeadersPolicies } from './managed-policies.ts';
import type { EdgeResponse } from './message.ts';
import { managedPolicy, type PolicyLookup } from './policies.ts';

/** Adds and removes headers on the way to the viewer, whether the answer comes from the cache or from the origin. */
export type ResponseHeadersPolicy = (response: EdgeResponse) => EdgeResponse;

interface Addition {
  readonly name: string;
  readonly value: string;
  /** Whether it also replaces what the origin said. */
  readonly override: boolean;
}

const FILE = 'local/cloudfront/response-headers.ts';

const IGNORED = {
  Name: 'a name in the AWS console',
  Comment: 'a remark in the AWS console',
  ServerTimingHeadersConfig: 'it measures CloudFront itself',
};

/** @param id empty when the behaviour has no such policy */
export function findResponseHeadersPolicy(id: string, declared: PolicyLookup): ResponseHeadersPolicy {
  if (id === '') return (response) => response;
  const config = declared(id) ?? managedPolicy('response headers policy', id, managedResponseHeadersPolicies);
  const additions = [
    ...securityHeaders(config.group('SecurityHeadersConfig')),
    ...customHeaders(config.group('CustomHeadersConfig')),
  ];
  const removed = removedHeaders(config.group('RemoveHeadersConfig'));
  config.done(FILE, IGNORED);
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

function securityHeaders(config: Fields): readonly Addition[] {
  const additions = [
    addition(config, 'ContentSecurityPolicy', 'content-security-policy', (item) => item.text('ContentSecurityPolicy')),
    addition(config, 'ContentTypeOptions', 'x-content-type-options', () => 'nosniff'),
    addition(config, 'FrameOptions', 'x-frame-options', (item) => item.text('FrameOption')),
    addition(config, 'ReferrerPolicy', 'referrer-policy', (item) => item.text('ReferrerPolicy')),
    addition(config, 'StrictTransportSecurity', 'strict-transport-security', transportSecurity),
    addition(config, 'XSSProtection', 'x-xss-protection', xssProtection),
  ];
  config.done(FILE);
  return additions.flat();
}

function addition(
  config: Fields,
  property: string,
  name: string,
  value: (item: Fields) => string,
): readonly Addition[] {
  if (!config.has(property)) return [];
  const item = config.group(property);
  const added = { name, value: value(item), override: item.flag('Override', false) };
  item.done(FILE);
  return [added];
}

function transportSecurity(item: Fields): string {
  const subdomains = item.flag('IncludeSubdomains', false) ? '; includeSubDomains' : '';
  const preload = item.flag('Preload', false) ? '; preload' : '';
  return `max-age=${item.number('AccessControlMaxAgeSec', 0)}${subdomains}${preload}`;
}

function xssProtection(item: Fields): string {
  const block = item.flag('ModeBlock', false) ? '; mode=block' : '';
  return item.flag('Protection', false) ? `1${block}` : '0';
}

function customHeaders(config: Fields): readonly Addition[] {
  const additions = config.groups('Items').map((item) => {
    const added = {
      name: item.text('Header').toLowerCase(),
      value: item.text('Value'),
      override: item.flag('Override', false),
    };
    item.done(FILE);
    return added;
  });
  config.done(FILE);
  return additions;
}

function removedHeaders(config: Fields): ReadonlySet<string> {
  const names = config.groups('Items').map((item) => item.text('Header').toLowerCase());
  config.done(FILE);
  return new Set(names);
}
