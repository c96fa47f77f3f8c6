import { inArrears, passPeriod, subscriber, type Visit } from './visit.ts';

/** A renewal's invoice, in the hour in which it is a draft. */
async function draft(visit: Visit): Promise<string> {
  const { subscription } = await subscriber(visit);
  await passPeriod(visit, subscription);
  const [invoice] = (await visit.stripe.invoices.list({ subscription: subscription.id, status: 'draft' })).data;
  if (invoice === undefined) throw new Error('no draft');
  return invoice.id;
}

/** Of what a customer owes beside any subscription. */
async function byHand({ stripe }: Visit): Promise<void> {
  const customer = await stripe.customers.create({ email: 'by-hand@example.com' });
  const owed = { customer: customer.id, amount: 2000, currency: 'usd', description: 'A workshop' };
  const item = await stripe.invoiceItems.create(owed);
  await stripe.invoiceItems.retrieve(item.id);
  await stripe.invoiceItems.del((await stripe.invoiceItems.create(owed)).id);
  await stripe.invoiceItems.list({ pending: true });
  const include = { customer: customer.id, pending_invoice_items_behavior: 'include' } as const;
  const invoice = await stripe.invoices.create({
    ...include,
    description: 'By hand',
    metadata: { of: 'the workshop' },
  });
  await stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_visa' });
  await stripe.invoices.del((await stripe.invoices.create(include)).id);
}

export async function invoices(visit: Visit): Promise<void> {
  const { stripe } = visit;
  await byHand(visit);
  await stripe.invoices.finalizeInvoice(await draft(visit));

  const paid = await inArrears(visit);
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: paid.customer.id });
  await stripe.invoices.pay(paid.invoice.id, { payment_method: method.id });
  await stripe.invoicePayments.list({
    invoice: paid.invoice.id,
    expand: ['data.payment.payment_intent.latest_charge'],
  });

  await inArrears(visit, 'pm_card_authenticationRequired');
  await stripe.invoices.voidInvoice((await inArrears(visit)).invoice.id);
  await stripe.invoices.markUncollectible((await inArrears(visit)).invoice.id);
}
