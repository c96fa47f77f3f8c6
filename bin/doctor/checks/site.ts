import { at } from '../../../billing/json.ts';
import { broken, ok, warning, type KeysCheck } from '../finding.ts';
import { ask, codeOf } from '../ask.ts';

const DEPLOY = 'npx cdk deploy, and look at CloudFront in the AWS console';

export const siteCheck: KeysCheck = {
  name: 'site',
  async look({ outputs: { siteUrl } }) {
    const { status, type } = await ask(`${siteUrl}/`);
    if (status !== 200 || !type.startsWith('text/html')) return broken(`${siteUrl}/ answers ${status} ${type}`, DEPLOY);
    return ok(`${siteUrl}/ answers 200`);
  },
};

export const configCheck: KeysCheck = {
  name: 'site’s config',
  async look({ outputs: { siteUrl }, keys }) {
    const answer = await ask(`${siteUrl}/api/config`);
    if (answer.status !== 200) return broken(`/api/config answers ${answer.status} ${codeOf(answer)}`, LOGS);
    if (at(answer.json, 'publishableKey') !== keys.publishableKey)
      return warning('/api/config gives another publishable key than the secret has', WAIT);
    return ok('/api/config gives the publishable key that the secret has');
  },
};

const LOGS = 'look at the log of the function "config"; not_configured means: npm run operator -- setup';
const WAIT =
  'if it was changed in the last six minutes, wait: functions keep keys for five, CloudFront the answer for one';
