import { expect, it } from '@jest/globals';
import { button, card, describeVisits, heading, seen } from './visitor.ts';

await describeVisits('signing in', ({ asked, site, visit, signIn, visitSignedIn }) => {
  it('takes a stranger who chooses a plan through sign-in to Checkout without another click', async () => {
    const page = await visit();
    await card(page, 'Pro').getByRole('button', { name: 'Start free trial' }).click();
    await page.waitForURL('**/stripe-checkout');
    expect(asked('POST /api/checkout').map(({ body }) => body)).toEqual(['{"plan":"pro_monthly"}']);
    expect(asked('POST /api/checkout')[0]?.authorization).toMatch(/^Bearer .+/);
  });

  it('says who is signed in, and signs out at the provider too', async () => {
    const page = await signIn();
    await seen(page, 'ada@example.com');
    await button(page, 'Sign out').click();
    await button(page, 'Sign in').waitFor();
    const logout = site().provider.visits.find((visit) => visit.startsWith('GET /logout')) ?? '';
    const said = new URLSearchParams(logout.split('?')[1]);
    expect(said.get('post_logout_redirect_uri')).toBe(`${site().origin}/`);
    expect(said.get('logout_uri')).toBe(`${site().origin}/`);
    expect(said.get('client_id')).toBe('page');
    expect(said.get('id_token_hint')).toMatch(/\./);
  });

  it('signs out here even when the provider cannot be reached', async () => {
    const page = await signIn();
    await page.route('**/.well-known/openid-configuration', (route) => route.abort());
    await button(page, 'Sign out').click();
    await button(page, 'Sign in').waitFor();
    expect(site().provider.visits.filter((visit) => visit.startsWith('GET /logout'))).toEqual([]);
  });

  it('ends in every tab where the same account is, and in no other', async () => {
    const [first, second, other] = [await visitSignedIn(), await visitSignedIn('/cancel'), await visitSignedIn()];
    await other.evaluate(() => {
      const tokens = JSON.parse(sessionStorage.getItem('sign-in.tokens') ?? '{}');
      sessionStorage.setItem('sign-in.tokens', JSON.stringify({ ...tokens, email: 'grace@example.com' }));
    });
    await other.reload();
    await seen(other, 'grace@example.com');
    await button(first, 'Sign out').click();
    await button(second, 'Sign in').waitFor();
    await heading(second, 'You have cancelled the checkout.').waitFor();
    await button(other, 'Sign out').waitFor();
  });

  it('whose script does not come says so beneath the button, and works when it is pressed again', async () => {
    const page = await visit();
    await page.route('**/provider.js*', (route) => route.abort());
    await button(page, 'Sign in').click();
    await seen(page, /You seem to be offline/);
    await page.unroute('**/provider.js*');
    await button(page, 'Sign in').click();
    await button(page, 'Sign out').waitFor();
  });

  it('is a script that only those load who sign in', async () => {
    const loaded: string[] = [];
    const page = await visit();
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.reload();
    await heading(page, 'Plans').waitFor();
    expect(loaded).toContain('/main.js');
    expect(loaded).not.toContain('/provider.js');
  });

  it('leaves no code of the provider in the address', async () => {
    const page = await signIn();
    expect(page.url()).toBe(`${site().origin}/`);
  });

  it('says why a sign-in came to nothing, and offers it again with the plan still in mind', async () => {
    site().provider.refuse = 'access_denied';
    const page = await visit();
    await card(page, 'Starter').getByRole('button', { name: 'Subscribe' }).click();
    await seen(page, 'You left the sign-in page before you were done.');
    site().provider.refuse = null;
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/stripe-checkout');
  });

  it('does not take an answer of the provider that this tab did not ask for', async () => {
    const page = await visit('/?code=stolen&state=stolen');
    await seen(page, 'We could not finish signing you in here. Please sign in once more.');
    expect(page.url()).toBe(`${site().origin}/`);
    expect(site().provider.visits).toEqual([]);
  });

  it('renews an expired access token without troubling the visitor', async () => {
    Object.assign(site().provider, { tokenLife: 1, refreshTokens: true });
    const page = await signIn();
    await heading(page, 'Plans').waitFor();
    expect(site().provider.visits.filter((visit) => visit === 'GET /authorize')).toHaveLength(1);
    expect(site().provider.visits.filter((visit) => visit === 'POST /token').length).toBeGreaterThan(1);
  });

  it('signs in again when a sign-in has run out and cannot be renewed', async () => {
    const page = await signIn();
    await page.evaluate(() => {
      const tokens = JSON.parse(sessionStorage.getItem('sign-in.tokens') ?? '{}');
      sessionStorage.setItem('sign-in.tokens', JSON.stringify({ ...tokens, expiresAt: 0 }));
    });
    await page.reload();
    await heading(page, 'Plans').waitFor();
    expect(site().provider.visits.filter((visit) => visit === 'GET /authorize')).toHaveLength(2);
  });

  it('does not go round in circles when the API refuses a sign-in just made', async () => {
    site().answers.set('GET /api/subscription', { status: 401, body: { message: 'Unauthorized' } });
    const page = await signIn();
    await heading(page, 'Your sign-in was not accepted').waitFor();
    expect(site().provider.visits.filter((visit) => visit === 'GET /authorize')).toHaveLength(1);
  });
});
