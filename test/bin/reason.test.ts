import { expect, it } from '@jest/globals';
import { reasonOf } from '../../bin/command-line/reason.ts';

it.each([
  ['connect ECONNREFUSED 127.0.0.1:8000', 'npm start'],
  ['Could not load credentials from any providers', 'AWS_PROFILE'],
  ['The security token included in the request is expired', 'Sign in to AWS again'],
  ['User: x is not authorized to perform: dynamodb:Query on resource: y', 'docs/operator.md'],
  ['Invalid API Key provided: sk_test_***', 'operator -- rotate keys'],
  ['Expired API Key provided: sk_test_***', 'operator -- rotate keys'],
])('what others refuse is said with a next step: %s', (message, step) => {
  expect(reasonOf(new Error(message))).toContain(message);
  expect(reasonOf(new Error(message))).toContain(step);
});

it('an error is said with its cause, and never as a stack', () => {
  const said = reasonOf(new Error('The file could not be read.', { cause: new Error('ENOENT') }));
  expect(said).toBe('The file could not be read.\n(ENOENT)');
});

it('an error without words is said by its name', () => {
  expect(reasonOf(new AggregateError([]))).toBe('AggregateError');
});
