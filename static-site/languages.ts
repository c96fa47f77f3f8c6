/** The way to the page in another language. CloudFront chooses the document (lib/site/viewer-request.ts); the page remembers. */

const YEAR = 365 * 24 * 60 * 60;

/** Who came by a link that names the language is shown that language from now on. */
export function rememberLanguage(): void {
  const asked = new URL(location.href).searchParams.get('lang');
  if (asked === document.documentElement.lang)
    document.cookie = `language=${asked}; path=/; max-age=${YEAR}; samesite=lax`;
}

/** Lets each link lead to the view that is shown, and be whole, as search engines want it of an alternate. */
export function linkLanguages(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement | HTMLLinkElement>('[hreflang]')) {
    const url = new URL(location.href);
    url.searchParams.set('lang', link.hreflang);
    link.href = url.href;
  }
}
