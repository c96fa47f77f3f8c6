import { API_VERSION } from '../../../clients/stripe-api.ts';
import { OVERLAP } from '../../rotate/webhook.ts';
import { standingWith, type Standing } from '../../rotate/standing.ts';
import { differencesIn, harmIn } from '../../setup/webhook-endpoints.ts';
import { broken, FINISH, ok, RECONCILE, SETUP, warning, type Said, type StripeCheck } from '../finding.ts';
import { inUtc } from '../../command-line/clock.ts';
import { cliDelivers } from './keys.ts';

const MEND = `${SETUP}, then ${RECONCILE} for what it missed`;

export const endpointCheck: StripeCheck = {
  name: 'webhook endpoint',
  async look({ stripe, keys, outputs: { webhookUrl: url } }) {
    if (keys.webhookEndpoint === '') return cliDelivers;
    const found = await standingWith(keys, stripe, url);
    if (!found) return broken(`Stripe has no ${keys.webhookEndpoint} any more`, MEND);
    return [endpoint(found, url), ...rotation(found), ...strays(found)];
  },
};

function endpoint({ ours }: Standing, url: string): Said {
  const harm = harmIn(ours, url);
  const differences = differencesIn(ours, url);
  if (harm.length > 0) return broken(`${ours.id}: ${differences.join('; ')}`, MEND);
  if (ours.api_version !== API_VERSION)
    return warning(
      `${ours.id} sends API version ${ours.api_version ?? 'of the account'}, and not ${API_VERSION}: each event costs calls to Stripe`,
      `${SETUP}, which makes one that does, then after a day ${FINISH}`,
    );
  if (differences.length > 0) return warning(`${ours.id}: ${differences.join('; ')}`, SETUP);
  return ok(
    `${ours.id} is enabled, asks for the ${ours.enabled_events.length} events that are handled, and delivers to ${url}`,
  );
}

function rotation({ ours, replaced, underWay, since, now }: Standing): Said[] {
  if (!underWay) return [];
  const what = replaced ? `${ours.id} takes over from ${replaced.id}` : 'an older secret is accepted still';
  const over = `a rotation is under way: ${what}`;
  if (now < since + OVERLAP) return [ok(`${over}, and can be ended after ${inUtc(since + OVERLAP)}: ${FINISH}`)];
  return [warning(`${over} since ${inUtc(since)}`, FINISH)];
}

const strays = ({ strays: found }: Standing): Said[] =>
  found.map(({ id }) =>
    warning(`${id} delivers to the same address, and nobody knows its secret`, `${SETUP} removes it`),
  );
