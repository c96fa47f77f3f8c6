import { describe, expect, it, jest } from '@jest/globals';
import Stripe from 'stripe';
import { InvalidSignature, signedEvent } from '../../clients/webhook.ts';

const stripe = new Stripe('sk_test_webhook');
const body = JSON.stringify({ id: 'evt_1', type: 'customer.updated', data: { object: {} } });
const signedWith = (secret: string) => ({
  body,
  signature: stripe.webhooks.generateTestHeaderString({ payload: body, secret }),
});

describe('an event that was posted', () => {
  it('is taken when a secret that is known has signed it, without a look at those of now', async () => {
    const secretsOfNow = jest.fn(async () => ['whsec_new']);
    expect(await signedEvent(signedWith('whsec_old'), ['whsec_old'], secretsOfNow)).toMatchObject({
      id: 'evt_1',
    });
    expect(secretsOfNow).not.toHaveBeenCalled();
  });

  it('is taken when a secret has signed it that was rotated in since', async () => {
    const rotated = async () => ['whsec_new', 'whsec_old'];
    expect(await signedEvent(signedWith('whsec_new'), ['whsec_old'], rotated)).toMatchObject({ id: 'evt_1' });
  });

  it('is refused when no secret of now has signed it either', async () => {
    const refused = signedEvent(signedWith('whsec_gone'), ['whsec_old'], async () => ['whsec_new']);
    await expect(refused).rejects.toThrow(InvalidSignature);
  });
});
