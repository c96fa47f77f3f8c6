import type Stripe from 'stripe';
import { newId, randomText } from '../core/ids.ts';
import { newestFirst } from '../core/state.ts';
import { API_VERSION, type Work } from '../core/work.ts';
import { invalidRequest, unsupported } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { listParams, pageOf } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, list, needed, notSupported, type Parsed, text, unsettable } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const params = { url: text(5000), enabled_events: list(text(), 500), description: unsettable(text()), metadata };
const createParams = {
  ...params,
  url: needed(params.url),
  enabled_events: needed(params.enabled_events),
  api_version: text(),
  connect: notSupported,
};
const updateParams = { ...params, disabled: bool };

function checkUrl(url: string | undefined): void {
  if (url === undefined) return;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw invalidRequest('Invalid URL: An explicit scheme (such as https) must be provided.', 'url', 'url_invalid');
  }
}

function checkEvents(events: readonly string[] | undefined): void {
  if (events?.length === 0) throw invalidRequest('You must enable at least one event.', 'enabled_events');
  const wrong = events?.find((event) => event !== '*' && !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(event));
  if (wrong !== undefined) throw invalidRequest(`Invalid enabled_events: ${wrong}`, 'enabled_events');
}

function createEndpoint(work: Work, params: Parsed<typeof createParams>): Stripe.WebhookEndpoint {
  checkUrl(params.url);
  checkEvents(params.enabled_events);
  const version = params.api_version ?? null;
  if (version !== null && version !== API_VERSION) {
    throw unsupported(`webhooks of another API version than ${API_VERSION}`, 'api_version');
  }
  const endpoint: Stripe.WebhookEndpoint = {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: version,
    application: null,
    created: work.now,
    description: params.description ?? null,
    enabled_events: params.enabled_events,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    status: 'enabled',
    url: params.url,
  };
  const secret = `whsec_${randomText(32)}`;
  work.state.signingSecrets.set(endpoint.id, secret);
  work.save('webhookEndpoints', endpoint, null);
  return { ...endpoint, secret };
}

function updateEndpoint(work: Work, id: string, params: Parsed<typeof updateParams>): Stripe.WebhookEndpoint {
  checkUrl(params.url);
  checkEvents(params.enabled_events);
  const endpoint = find(work, 'webhookEndpoints', id);
  const status = params.disabled === undefined ? endpoint.status : params.disabled ? 'disabled' : 'enabled';
  const next: Stripe.WebhookEndpoint = {
    ...endpoint,
    status,
    url: params.url ?? endpoint.url,
    enabled_events: params.enabled_events ?? endpoint.enabled_events,
    ...(params.description !== undefined && { description: params.description }),
    metadata: mergeMetadata(endpoint.metadata, params.metadata),
  };
  return work.save('webhookEndpoints', next, null);
}

function deleteEndpoint(work: Work, id: string): Stripe.DeletedWebhookEndpoint {
  find(work, 'webhookEndpoints', id);
  work.state.objects.webhookEndpoints.delete(id);
  work.state.signingSecrets.delete(id);
  for (const deliveries of work.state.deliveries.values()) deliveries.delete(id);
  return { id, object: 'webhook_endpoint', deleted: true };
}

export const webhookEndpointRoutes: Route[] = [
  route('POST', '/v1/webhook_endpoints', createParams, ({ work, params }) => createEndpoint(work, params)),
  route('GET', '/v1/webhook_endpoints/:id', {}, ({ work, id }) => find(work, 'webhookEndpoints', id)),
  route('POST', '/v1/webhook_endpoints/:id', updateParams, ({ work, id, params }) => updateEndpoint(work, id, params)),
  route('DELETE', '/v1/webhook_endpoints/:id', {}, ({ work, id }) => deleteEndpoint(work, id)),
  route('GET', '/v1/webhook_endpoints', listParams, ({ work, params }) =>
    pageOf('/v1/webhook_endpoints', newestFirst(work.state.objects.webhookEndpoints), params),
  ),
];
