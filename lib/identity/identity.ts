import type { OwnProvider } from '../settings/provider.ts';

/** Who signs people in: an OpenID provider, with the page as its public client. */
export interface Identity {
  /** The `iss` of its tokens, and where its discovery document is. */
  readonly issuer: string;
  /** What the page has to be allowed to call, as sources of a Content-Security-Policy. */
  readonly connectSources: readonly string[];
  /** The client id of the page that lives at `siteUrl` (without trailing slash). To be asked once. */
  clientFor(siteUrl: string): string;
}

/** A provider outside the stack: the operator registered the page there. */
export const ownProvider = (provider: OwnProvider): Identity => ({
  issuer: provider.issuer,
  connectSources: provider.origins,
  clientFor: () => provider.clientId,
});
