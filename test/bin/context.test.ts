import { describe, expect, it } from '@jest/globals';
import { contextFrom } from '../../bin/local/context.ts';

describe('settings on npm start’s command line', () => {
  it('are given as to the CDK: -c name=value, as many as there are, in either spelling', () => {
    expect(contextFrom(['--verbose', '-c', 'checkout=elements', '--context', 'graceDays=3', '--empty'])).toEqual({
      checkout: 'elements',
      graceDays: '3',
    });
    expect(contextFrom(['--empty'])).toEqual({});
  });

  it('may hold what else there is in a value, or take one away', () => {
    expect(contextFrom(['-c', 'oidcIssuer=https://id.example/?a=b', '-c', 'stage='])).toEqual({
      oidcIssuer: 'https://id.example/?a=b',
      stage: '',
    });
  });

  it.each([[['-c']], [['-c', 'checkout']], [['-c', '=elements']], [['-c', '--empty']]])(
    'are refused in words when half is missing: %j',
    (args) => {
      expect(() => contextFrom(args)).toThrow(/name=value, as in -c checkout=elements/);
    },
  );
});
