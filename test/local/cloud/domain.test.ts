import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { startStack, type RunningStack } from '../../../local/stack.ts';
import { appWith, temporaryFolder } from '../../stack/synthesized.ts';

/** The real template, as it is with an address of one's own, its certificate and records, and a firewall. */
const context = { domainName: 'app.example.com', hostedZoneId: 'Z0123456789AB', waf: 'true' };
const assembly = join(temporaryFolder(), 'assembly');
const app = appWith({ outdir: assembly, context });

let stack: RunningStack;
beforeAll(async () => {
  app.synth();
  stack = await startStack({ assembly, port: 0 });
});
afterAll(() => stack.stop());

/** How the sign-in page answers somebody who is to be sent back there. */
const signIn = async (redirectUri: string): Promise<number> => {
  const query = new URLSearchParams({
    client_id: stack.outputs['ClientId'] ?? '',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const { origin } = new URL(stack.outputs['Issuer'] ?? '');
  return (await fetch(`${origin}/oauth2/authorize?${query.toString()}`, { redirect: 'manual' })).status;
};

describe('a template with a domain of one’s own', () => {
  it('runs here, with the domain’s URL put right wherever it stands', async () => {
    const [site = ''] = stack.sites;
    expect(stack.outputs['SiteUrl']).toBe(site);
    expect((await fetch(site)).status).toBe(200);
    expect(await signIn(`${site}/`)).toBe(303);
    expect(await signIn('https://app.example.com/')).toBe(400);
  });
});
