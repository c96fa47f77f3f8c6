import { describe, expect, it } from '@jest/globals';
import { functionNames } from '../../lib/routes.ts';
import { ownLog, placesOf, type Place } from './permissions-places.ts';
import { actorsOf, allow, type Actor, type Grant } from './permissions-roles.ts';
import { must } from './permissions-table.ts';
import { templateWith } from './synthesized.ts';

const template = templateWith();
const places = placesOf(template);
const actors = actorsOf(template);

const functions = Object.values(template.findResources('AWS::Lambda::Function'))
  .map(({ Properties }) => Properties)
  .filter(({ Description }) => Description?.startsWith('functions/'));

const placesFor = ({ logArn }: Actor): Readonly<Record<string, Place>> => ({
  ...places,
  'its own log': ownLog(logArn),
});

/** Of all that there is to be tempted by, what these grants allow. */
async function allowed(grants: readonly Grant[], around: Readonly<Record<string, Place>>): Promise<Set<string>> {
  const found = new Set<string>();
  for (const [name, { arn, temptations }] of Object.entries(around)) {
    for (const action of temptations) if (await allow(grants, action, arn)) found.add(`${action} on ${name}`);
  }
  return found;
}

describe('what a function may do, by its synthesized policies and IAM’s own rules', () => {
  it('is in the table for every function that the template has', () => {
    expect(actors.map(({ name }) => name).toSorted()).toEqual(Object.keys(must).toSorted());
  });

  it.each(actors)('$name: what the table says, and nothing else', async (actor) => {
    expect(await allowed(actor.grants, placesFor(actor))).toEqual(new Set(must[actor.name]));
  });

  it.each(actors)('$name: has no grant that it does not need', async (actor) => {
    const around = placesFor(actor);
    const wanted = (must[actor.name] ?? []).map((right) => right.split(' on '));
    for (const grant of actor.grants) {
      const used = wanted.map(([action = '', place = '']) => allow([grant], action, around[place]?.arn ?? ''));
      expect({ grant, needed: (await Promise.all(used)).includes(true) }).toEqual({ grant, needed: true });
    }
  });

  it('is its own alone: no two functions share a role', () => {
    expect(new Set(actors.map(({ roleId }) => roleId)).size).toBe(actors.length);
  });
});

describe('what a function is told', () => {
  it.each([
    ['config', ['SECRET_ID', 'OIDC_ISSUER', 'OIDC_CLIENT_ID']],
    ['checkout', ['TABLE_NAME', 'SECRET_ID', 'SITE_URL', 'OIDC_ISSUER']],
    ['checkout-session', ['TABLE_NAME', 'SECRET_ID', 'GRACE_DAYS']],
    ['subscription', ['TABLE_NAME', 'GRACE_DAYS']],
    ['portal', ['TABLE_NAME', 'SECRET_ID', 'SITE_URL', 'GRACE_DAYS']],
    ['invoices', ['TABLE_NAME', 'SECRET_ID']],
    ['charges', ['TABLE_NAME']],
    ['pay-charge', ['TABLE_NAME', 'SECRET_ID', 'SITE_URL']],
    ['members', ['TABLE_NAME', 'GRACE_DAYS', 'SITE_URL', 'MEMBERS_KEY_ID', 'MEMBERS_KEY_SECRET_ID']],
    ['members-key', ['MEMBERS_KEY_SECRET_ID']],
    ['webhook', ['TABLE_NAME', 'SECRET_ID', 'DISPUTES']],
    ['reconcile', ['TABLE_NAME', 'SECRET_ID', 'DISPUTES', 'GRACE_DAYS', 'ACCESS_CHANGES_BUS']],
    ['access-changes', ['TABLE_NAME', 'GRACE_DAYS', 'ACCESS_CHANGES_BUS']],
    ['charge-runs', ['TABLE_NAME', 'SECRET_ID']],
    ['fallback', ['ROUTES']],
  ])('%s: exactly these variables', (name, variables) => {
    const told = functions.find(({ Description }) => Description === `functions/${name}.ts`);
    expect(new Set(Object.keys(told?.Environment.Variables))).toEqual(new Set([...variables, 'METRICS_NAMESPACE']));
  });
});

describe('every function', () => {
  it('runs on the newest Node for ARM, with traces and a log that is not kept for ever', () => {
    expect(functions).toHaveLength(functionNames.length);
    for (const each of functions) {
      expect(each).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
      const log = template.findResources('AWS::Logs::LogGroup')[each.LoggingConfig.LogGroup.Ref];
      expect(log?.Properties.RetentionInDays).toBe(30);
    }
  });
});
