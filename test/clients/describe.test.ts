import { expect, it } from '@jest/globals';
import { describe } from '../../clients/describe.ts';

const described = (message: string) => describe(new Error('outer', { cause: new TypeError(message) }));

it('an error is described by the names and messages along the chain of its causes', () => {
  expect(described('inner')).toBe('Error: outer <- TypeError: inner');
});

it.each([
  ['a key', 'Invalid API Key provided: sk_live_51H8xyz', 'sk_live_51H8xyz'],
  ['a key that Stripe has masked itself', 'Invalid API Key provided: rk_test_****7xyz', '7xyz'],
  ['a webhook secret', 'signed with whsec_AbC123', 'AbC123'],
  ['an email', 'Invalid email address: ada.l+1@mail.example.com', 'ada.l'],
  ['a token', 'refused eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln', 'eyJ'],
  ['an authorization', 'header was Bearer abc.DEF-123', 'abc.DEF'],
  ['a card', 'the card 4242 4242 4242 4242 was', '4242'],
  ['a card without gaps', 'number=378282246310005', '378282246310005'],
])('never with %s in it', (_, message, planted) => {
  expect(described(message)).not.toContain(planted);
  expect(described(message)).toContain('***');
});

it('ids stay readable, also those that are long numbers', () => {
  const said = described('sub_1Q9xZk of cus_4242424242424242, request req_1234567890123');
  expect(said).toContain('sub_1Q9xZk of cus_4242424242424242, request req_1234567890123');
});
