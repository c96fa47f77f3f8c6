/** Names and messages along the chain of causes, without stacks; what looks like a key, a token, an address or a card is struck out. */
export function describe(error: unknown): string {
  const links: string[] = [];
  for (let at: unknown = error; at instanceof Error && links.length < 5; at = at.cause)
    links.push(`${at.name}: ${at.message}`);
  return (links.length > 0 ? links.join(' <- ') : typeof error)
    .slice(0, 2 * LONGEST)
    .replaceAll(KEYS, '$1_***')
    .replaceAll(TOKENS, '***')
    .replaceAll(ADDRESSES, '***')
    .replaceAll(CARDS, '***')
    .slice(0, LONGEST);
}

const LONGEST = 2000;

const KEYS = /\b(sk|rk|pk|whsec)_[A-Za-z0-9_*]+/g;
/** JSON Web Tokens, and what a request authorizes itself with. */
const TOKENS = /\beyJ[\w-]+(?:\.[\w-]*)*|\b(?:Bearer|Basic) +[\w.~+/=-]+/gi;
/** Stripe quotes the email that it did not like. */
const ADDRESSES = /[^\s@"'<>(),:;]+@[^\s@"'<>(),:;]+/g;
/** 13 to 19 digits, as they are printed on cards; not as a part of an id. */
const CARDS = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
