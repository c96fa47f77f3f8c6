import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { readSettings } from '../../lib/settings.ts';

const read = (context: Record<string, unknown>) => readSettings(new App({ context }).node);

const DEFAULTS = { checkout: 'hosted_page', graceDays: 7, disputes: 'keep', membersKey: 1, removal: 'retain' };

describe('the settings', () => {
  it('are seven days of grace, disputes that end nothing and a Cognito user pool unless the operator says otherwise', () => {
    expect(read({})).toEqual(DEFAULTS);
  });

  it('take days of grace from the command line, where everything is text', () => {
    expect(read({ graceDays: '0' }).graceDays).toBe(0);
    expect(read({ graceDays: 30 }).graceDays).toBe(30);
  });

  it.each([-1, 1.5, 61, '7d', true, Number.NaN])('refuse %p as days of grace', (graceDays) => {
    expect(() => read({ graceDays })).toThrow(/"graceDays".*0 to 60/);
  });

  it('refuse a policy for disputes that there is not', () => {
    expect(read({ disputes: 'cancel' }).disputes).toBe('cancel');
    expect(() => read({ disputes: 'refund' })).toThrow(/"disputes".*keep or cancel/);
  });

  it('take the places to pay by Stripe’s own words, and no older ones', () => {
    for (const checkout of ['hosted_page', 'embedded_page', 'elements'])
      expect(read({ checkout }).checkout).toBe(checkout);
    for (const checkout of ['hosted', 'embedded', 'custom', 'form'])
      expect(() => read({ checkout })).toThrow(/"checkout".*hosted_page or embedded_page or elements/);
  });

  it.each([0, 1.5, 'new', true])('refuse %p as the number of the members’ key', (membersKey) => {
    expect(() => read({ membersKey })).toThrow(/"membersKey".*from 1 on/);
  });

  it.each(['Prod', '1st', 'a_b', 'a'.repeat(21)])(
    'refuse %p as a stage, which becomes part of the stack name',
    (stage) => {
      expect(() => read({ stage })).toThrow(/"stage"/);
    },
  );

  it('take an empty value as none, which is how the command line takes one away', () => {
    expect(read({ stage: '', graceDays: '', oidcIssuer: '', oidcClientId: '' })).toEqual(DEFAULTS);
  });
});

describe('the setting removal', () => {
  it('lets a throw-away stage take its records and users with it', () => {
    expect(read({ stage: 'try', removal: 'destroy' }).removal).toBe('destroy');
  });

  it('is refused for the business itself, which is the stack without a stage', () => {
    expect(() => read({ removal: 'destroy' })).toThrow(/"removal" is "destroy".*give "stage" too/);
    expect(() => read({ stage: 'try', removal: 'delete' })).toThrow(/retain or destroy/);
  });
});

describe('a domain of one’s own', () => {
  const domainName = 'app.example.com';
  const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c3d';
  const hostedZoneId = 'Z0123456789AB';

  it('needs a certificate, or a zone by which one can be made, or has both', () => {
    expect(read({ domainName, certificateArn }).domain).toEqual({ name: domainName, certificateArn });
    expect(read({ domainName, hostedZoneId }).domain).toEqual({ name: domainName, hostedZoneId });
    expect(read({ domainName, certificateArn, hostedZoneId }).domain).toMatchObject({ certificateArn, hostedZoneId });
    expect(() => read({ domainName })).toThrow(/"certificateArn" is not given.*hostedZoneId/);
  });

  it.each([
    'https://app.example.com',
    'app.example.com.',
    'App.example.com',
    'example',
    '*.example.com',
    '10.0.0.1',
    'a b.com',
  ])('is refused when it is %p, which is no host’s name', (name) => {
    expect(() => read({ domainName: name, certificateArn })).toThrow(/"domainName".*like app.example.com/);
  });

  it('has its certificate in us-east-1, where CloudFront looks', () => {
    const elsewhere = certificateArn.replace('us-east-1', 'eu-west-1');
    expect(() => read({ domainName, certificateArn: elsewhere })).toThrow(/"certificateArn".*us-east-1/);
  });

  it('has a zone by its id, not by its name', () => {
    expect(() => read({ domainName, hostedZoneId: 'example.com' })).toThrow(/"hostedZoneId".*id/);
  });

  it('cannot be forgotten where its certificate or zone is given', () => {
    expect(() => read({ certificateArn })).toThrow(/"certificateArn".*no "domainName"/);
    expect(() => read({ hostedZoneId })).toThrow(/"hostedZoneId".*no "domainName"/);
  });
});

describe('the setting waf', () => {
  const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/0a1b-2c3d';

  it('is a switch, or names a web ACL that there is already', () => {
    expect(read({ waf: true }).firewall).toBe('own');
    expect(read({ waf: 'true' }).firewall).toBe('own');
    expect(read({ waf: 'false' }).firewall).toBeUndefined();
    expect(read({ waf: webAclArn }).firewall).toEqual({ webAclArn });
  });

  it.each(['yes', 1, webAclArn.replace('us-east-1:', 'eu-west-1:'), webAclArn.replace('global', 'regional')])(
    'refuses %p',
    (waf) => {
      expect(() => read({ waf })).toThrow(/"waf".*true, false, or the ARN/);
    },
  );
});

describe('a provider of one’s own', () => {
  const provider = { oidcIssuer: 'https://id.example.com/tenant/', oidcClientId: 'page' };

  it('keeps the issuer exactly as given, because tokens are compared with it', () => {
    expect(read(provider).provider).toEqual({
      issuer: 'https://id.example.com/tenant/',
      clientId: 'page',
      origins: ['https://id.example.com'],
    });
  });

  it('may answer on further origins', () => {
    const { provider: own } = read({ ...provider, oidcOrigins: 'https://token.example.com, https://id.example.com' });
    expect(own?.origins).toEqual(['https://id.example.com', 'https://token.example.com']);
  });

  it.each([
    [{ oidcIssuer: 'https://id.example.com' }, /"oidcClientId"/],
    [{ oidcClientId: 'page' }, /"oidcIssuer"/],
    [{ ...provider, oidcIssuer: 'http://id.example.com' }, /https/],
    [{ ...provider, oidcIssuer: 'id.example.com' }, /https/],
    [{ ...provider, oidcIssuer: 'https://id.example.com/?a=b' }, /query/],
    [{ ...provider, oidcOrigins: 'https://token.example.com/path' }, /"oidcOrigins"/],
    [{ ...provider, oidcOrigins: "https://a.example 'unsafe-inline'" }, /"oidcOrigins"/],
  ])('is refused when %j', (context, message) => {
    expect(() => read(context)).toThrow(message);
  });
});
