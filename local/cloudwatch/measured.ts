/** What the local cloud measures of itself, by namespace. Names that are not here no alarm may hang on without a word. */
export const measured: Readonly<Record<string, readonly string[]>> = {
  'AWS/ApiGateway': ['Count', '4xx', '5xx', 'Latency'],
  'AWS/Lambda': ['Invocations', 'Errors', 'Duration', 'IteratorAge'],
  'AWS/SQS': ['ApproximateNumberOfMessagesVisible'],
};

/** What is never measured here, with the reason: an alarm on it stays quiet. */
export const neverMeasured: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS/Lambda': { Throttles: 'what finds no free worker waits; no account’s limit is used up' },
};

/** Why an alarm may not hang on this metric; undefined when it may. Other namespaces are what functions count. */
export function unknownMetric(namespace: string, name: string): string | undefined {
  if (!namespace.startsWith('AWS/')) return undefined;
  if (measured[namespace]?.includes(name) === true || neverMeasured[namespace]?.[name] !== undefined) return undefined;
  return `is ${name} of ${namespace}, which the local cloud does not measure.`;
}
