export { describe } from '../../clients/describe.ts';

/** One JSON object a line, as CloudWatch Logs Insights reads it. Callers name fields; nothing is logged whole. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export const log = {
  info: (message: string, fields: Fields = {}) => console.log(line('INFO', message, fields)),
  warn: (message: string, fields: Fields = {}) => console.warn(line('WARN', message, fields)),
  error: (message: string, fields: Fields = {}) => console.error(line('ERROR', message, fields)),
};

function line(level: string, message: string, fields: Fields): string {
  return JSON.stringify({ level, message, ...fields });
}
