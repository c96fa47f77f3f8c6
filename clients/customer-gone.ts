import { isMissing } from './stripe-api.ts';

/** The customer was deleted at Stripe. */
export class CustomerGone extends Error {
  override readonly name = 'CustomerGone';
}

/** The answer. @throws CustomerGone when Stripe says that the customer of the request is not there any more */
export async function orCustomerGone<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error, 'customer')) throw new CustomerGone('Stripe has no such customer.', { cause: error });
    throw error;
  }
}
