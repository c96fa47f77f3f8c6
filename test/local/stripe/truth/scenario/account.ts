import { look } from '../../world.ts';
import { subscriber, type Visit } from './visit.ts';

async function portal(visit: Visit): Promise<void> {
  const { stripe, catalogue } = visit;
  const configuration = await stripe.billingPortal.configurations.create({
    business_profile: { headline: 'Harbour' },
    default_return_url: 'https://site.example/',
    features: {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        products: [{ product: 'pro', prices: [catalogue.proMonthly.id, catalogue.proYearly.id] }],
      },
    },
  });
  await stripe.billingPortal.configurations.update(configuration.id, {
    features: { subscription_cancel: { enabled: false } },
    metadata: { managed: 'yes' },
  });
  await stripe.billingPortal.configurations.retrieve(configuration.id, {
    expand: ['features.subscription_update.products'],
  });
  const { customer, subscription } = await subscriber(visit);
  const session = { customer: customer.id, configuration: configuration.id, expand: ['configuration'] };
  await look((await stripe.billingPortal.sessions.create(session)).url);
  const redirect = { return_url: 'https://site.example/' };
  const flows = [
    { type: 'payment_method_update', after_completion: { type: 'redirect', redirect } },
    { type: 'subscription_update', subscription_update: { subscription: subscription.id } },
  ];
  for (const flow_data of flows) await stripe.billingPortal.sessions.create({ ...session, flow_data });
  await stripe.billingPortal.configurations.update(configuration.id, {
    features: { subscription_cancel: { enabled: true } },
  });
  const after_completion = { type: 'hosted_confirmation', hosted_confirmation: { custom_message: 'Goodbye' } };
  const cancel = { type: 'subscription_cancel', subscription_cancel: { subscription: subscription.id } };
  await stripe.billingPortal.sessions.create({ ...session, flow_data: { ...cancel, after_completion } });
}

async function webhooks({ stripe, receiver }: Visit): Promise<void> {
  const endpoint = await stripe.webhookEndpoints.create({
    url: receiver,
    enabled_events: ['customer.created'],
    api_version: '2026-10-28.endive',
    metadata: { managed: 'yes' },
  });
  await stripe.webhookEndpoints.update(endpoint.id, { enabled_events: ['*'], description: 'All' });
  const second = await stripe.webhookEndpoints.create({ url: receiver, enabled_events: ['*'] });
  await stripe.webhookEndpoints.del(second.id);
}

export async function account(visit: Visit): Promise<void> {
  await portal(visit);
  await webhooks(visit);
}
