/** What an audit came to. `no answer`: nobody knows; that is no fault of the code, and is said loudly. */
export type Verdict =
  | { readonly kind: 'clean'; readonly notes: readonly string[] }
  | { readonly kind: 'vulnerable'; readonly findings: readonly string[]; readonly notes: readonly string[] }
  | { readonly kind: 'no answer'; readonly why: string };

/** Known faults from this severity on fail, in what ships and in what builds and deploys it. */
const FAILS = new Set(['high', 'critical']);

interface Finding {
  readonly name: string;
  readonly severity: string;
  /** Where it is installed: `node_modules/stripe`. */
  readonly nodes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param output what `npm audit --json` wrote
 * @param isDev whether the lock file has what is installed there for development only; known faults of that are notes
 */
export function verdictOf(output: string, isDev: (node: string) => boolean): Verdict {
  const report = fieldsIn(output);
  if (!isFields(report?.['vulnerabilities'])) return { kind: 'no answer', why: whyOf(report) };
  const severe = Object.values(report['vulnerabilities'])
    .flatMap(findingIn)
    .filter(({ severity }) => FAILS.has(severity));
  const ours = severe.filter(({ nodes }) => !nodes.every(isDev));
  const notes = severe.filter((finding) => !ours.includes(finding)).map(lineOf);
  return ours.length > 0 ? { kind: 'vulnerable', findings: ours.map(lineOf), notes } : { kind: 'clean', notes };
}

const lineOf = ({ name, severity, nodes }: Finding): string => `${name} (${severity}), in ${nodes.join(', ')}`;

/** What has another shape than npm documents counts against us: no finding is lost. */
function findingIn(value: unknown): Finding[] {
  if (!isFields(value)) return [];
  const { name, severity, nodes } = value;
  return [{ name: String(name), severity: String(severity), nodes: Array.isArray(nodes) ? nodes.map(String) : ['?'] }];
}

function whyOf(report: Fields | undefined): string {
  const { message, error } = report ?? {};
  const summary = isFields(error) ? error['summary'] : undefined;
  return (
    [message, summary].find((text) => typeof text === 'string' && text !== '')?.toString() ?? 'nothing that can be read'
  );
}

function fieldsIn(json: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return isFields(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
