/** Names and messages along the chain of causes, without stacks; anything that looks like a key is struck out. */
export function describe(error: unknown): string {
  const links: string[] = [];
  for (let at: unknown = error; at instanceof Error && links.length < 5; at = at.cause)
    links.push(`${at.name}: ${at.message}`);
  return (links.length > 0 ? links.join(' <- ') : typeof error).replaceAll(KEYS, '$1_***').slice(0, 2000);
}

const KEYS = /\b(sk|rk|pk|whsec)_[A-Za-z0-9_*]+/g;
