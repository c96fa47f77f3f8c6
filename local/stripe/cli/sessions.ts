import { newId, randomText } from '../core/ids.ts';
import type { CliSession, State } from '../core/state.ts';
import { API_VERSION, type Work } from '../core/work.ts';
import { unsupported } from '../wire/errors.ts';
import { list, needed, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

/** More CLIs than anybody runs at once; the oldest is told to ask again. */
const MAX_SESSIONS = 20;
/** The CLI opens its socket anew so often, in seconds. Its own default. */
const RECONNECT_AFTER = 60;

const params = {
  device_name: needed(text(200)),
  websocket_features: needed(list(text(50), 10)),
  filters: text(),
  forward_to_url: text(),
  forward_connect_to_url: text(),
  forward_thin_to_url: text(),
  forward_thin_connect_to_url: text(),
};

/** All that listen get the same secret, always: people keep it in their settings, and `--print-secret` asks for it by itself. */
export function cliSecret(state: State): string {
  const known = state.signingSecrets.get('stripecli');
  if (known !== undefined) return known;
  const secret = `whsec_${randomText(64)}`;
  state.signingSecrets.set('stripecli', secret);
  return secret;
}

function createSession({ state, url }: Work, asked: Parsed<typeof params>): object {
  if (!asked.websocket_features.includes('webhooks')) {
    throw unsupported(`the CLI's ${asked.websocket_features.join(', ')}`, 'websocket_features');
  }
  const session: CliSession = {
    id: newId('cliws'),
    device: asked.device_name,
    forwardsTo: asked.forward_to_url ?? null,
  };
  state.cliSessions.set(session.id, session);
  const [oldest] = state.cliSessions.keys();
  if (state.cliSessions.size > MAX_SESSIONS && oldest !== undefined) state.cliSessions.delete(oldest);
  return {
    websocket_id: session.id,
    websocket_url: `${url.replace(/^http/, 'ws')}/subscribe`,
    websocket_authorized_feature: 'webhooks',
    secret: cliSecret(state),
    reconnect_delay: RECONNECT_AFTER,
    display_connect_filter_warning: false,
    default_version: API_VERSION,
    latest_version: API_VERSION,
  };
}

/** What the official CLI's `listen` asks first. */
export const cliRoutes: Route[] = [
  route('POST', '/v1/stripecli/sessions', params, ({ work, params }) => createSession(work, params)),
];
