import Stripe from 'stripe';
import { at } from '../../../billing/json.ts';
import { API_VERSION } from '../../../clients/stripe-api.ts';
import { ask, codeOf, type Answer } from '../ask.ts';
import { broken, notLookedAt, ok, SETUP, warning, type KeysCheck, type Said } from '../finding.ts';
import { stripeTime } from '../time.ts';

/** Of a type that Stripe has not and the functions ignore: it can be mistaken for nothing. */
const payloadAt = (time: number): string =>
  JSON.stringify({
    id: `evt_doctor_${time}`,
    object: 'event',
    type: 'doctor.round_trip',
    api_version: API_VERSION,
    created: time,
    livemode: false,
    data: { object: {} },
  });

/**
 * What Stripe does with an event, done with one that means nothing: signed by each secret that is accepted, and not at all.
 * Signed with a wrong one it would count as refused, and whoever asks three times would ring the alarm.
 */
export const roundTripCheck: KeysCheck = {
  name: 'round trip',
  async look({ stripe, keys: { webhookSecrets }, outputs: { webhookUrl } }) {
    const time = await stripeTime(stripe);
    const signed: Answer[] = [];
    for (const secret of webhookSecrets) signed.push(await post(webhookUrl, time, secret));
    const found = signed.map((answer, index) => taken(answer, index === 0 ? NEWEST : OLDER, signed.some(isTaken)));
    return [...found, refused(await post(webhookUrl, time))];
  },
};

const NEWEST = 'the webhook secret';
const OLDER = 'an older webhook secret';

function post(url: string, time: number, secret?: string): Promise<Answer> {
  const payload = payloadAt(time);
  const signed = secret !== undefined && { 'stripe-signature': signatureOf(payload, time, secret) };
  return ask(url, { method: 'POST', body: payload, headers: { 'content-type': 'application/json', ...signed } });
}

const signatureOf = (payload: string, timestamp: number, secret: string): string =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

const isTaken = ({ status, json }: Answer): boolean => status === 200 && at(json, 'outcome') === 'ignored';

/** @param others whether a secret is accepted; then another may just be too new */
function taken(answer: Answer, which: string, others: boolean): Said {
  if (isTaken(answer)) return ok(`an event signed with ${which} is taken`);
  const code = codeOf(answer);
  const says = `an event signed with ${which} is answered ${answer.status} ${code}`.trim();
  if (answer.status !== 400) return broken(says, code === 'not_configured' ? SETUP : LOGS);
  return others ? warning(says, TOO_NEW) : broken(says, SIGNED);
}

const LOGS = 'look at the log of the function "webhook"';
const TOO_NEW = 'functions know a new secret within a minute, when an event asks for it: try again then';
const SIGNED = 'if the secret was changed in the last minute, try again then; else compare the clocks below';

function refused({ status }: Answer): Said {
  if (status === 400) return ok('an event that nobody signed is refused');
  if (status !== 200) return notLookedAt(`whether an event that nobody signed is refused: it is answered ${status}`);
  return broken('an event that nobody signed is taken: anybody can change the records', CLOSE);
}

const CLOSE = 'delete the webhook’s route in API Gateway until it is understood';
