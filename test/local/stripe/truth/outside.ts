/** Routes of the simulator that the SDK has no call for, and who asks for them. */
export const OUTSIDE_THE_SDK: ReadonlyMap<string, string> = new Map([
  ['POST /v1/stripecli/sessions', "the official CLI's `listen`"],
  ['GET /v1/payment_pages/:id', "the official CLI's `trigger checkout.session.*`"],
  ['POST /v1/payment_pages/:id/confirm', 'as above: pays in the place of a visitor'],
]);
