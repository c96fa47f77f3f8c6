/** One JSON object a line, as CloudWatch Logs Insights reads it. Callers name fields; nothing is logged whole. */
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export const log = {
  info: (message: string, fields: Fields = {}) => console.log(line('INFO', message, fields)),
  warn: (message: string, fields: Fields = {}) => console.warn(line('WARN', message, fields)),
  error: (message: string, fields: Fields = {}) => console.error(line('ERROR', message, fields)),
};

function line(level: string, message: string, fields: Fields): string {
  return JSON.stringify({ level, message, ...fields });
}

/** Names and messages along the chain of causes, without stacks; anything that looks like a key is struck out. */
export function describe(error: unknown): string {
  const links: string[] = [];
  for (let at: unknown = error; at instanceof Error && links.length < 5; at = at.cause)
    links.push(`${at.name}: ${at.message}`);
  return (links.length > 0 ? links.join(' <- ') : typeof error).replaceAll(KEYS, '$1_***').slice(0, 2000);
}

const KEYS = /\b(sk|rk|pk|whsec)_[A-Za-z0-9_*]+/g;
