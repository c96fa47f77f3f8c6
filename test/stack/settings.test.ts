import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { readSettings } from '../../lib/settings.ts';

const read = (context: Record<string, unknown>) => readSettings(new App({ context }).node);

describe('the settings', () => {
  it('are seven days of grace, disputes that end nothing and a Cognito user pool unless the operator says otherwise', () => {
    expect(read({})).toEqual({ graceDays: 7, disputes: 'keep' });
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

  it.each(['Prod', '1st', 'a_b', 'a'.repeat(21)])(
    'refuse %p as a stage, which becomes part of the stack name',
    (stage) => {
      expect(() => read({ stage })).toThrow(/"stage"/);
    },
  );

  it('take an empty value as none, which is how the command line takes one away', () => {
    expect(read({ stage: '', graceDays: '', oidcIssuer: '', oidcClientId: '' })).toEqual({
      graceDays: 7,
      disputes: 'keep',
    });
  });
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
