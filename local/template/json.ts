export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A fault of the template (or of what the local cloud knows): where it is, what is wrong, what to do about it. */
export class TemplateError extends Error {
  override name = 'TemplateError';
  constructor(place: string, problem: string, nextStep: string) {
    super(`${place}: ${problem} ${nextStep}`);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads JSON text that is an object; `source` names it in the error. */
export function parseObject(text: string, source: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new TemplateError(source, 'is not a JSON object.', 'Synthesize again: npx cdk synth.');
  return value;
}
