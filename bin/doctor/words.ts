import type { Finding, Status } from './finding.ts';

const SHOWN: Readonly<Record<Status, string>> = {
  ok: 'ok',
  warning: 'warning',
  broken: 'BROKEN',
  'not looked at': 'not looked at',
};

/** A line, and under it what to do. */
export function findingIn({ status, check, says, next }: Finding): string[] {
  const left = `${SHOWN[status].padEnd(14)} ${check.padEnd(17)} `;
  return [`${left}${says}`, ...(next === undefined ? [] : [`${' '.repeat(left.length)}-> ${next}`])];
}

export function countsOf(findings: readonly Finding[]): Readonly<Record<Status, number>> {
  const count = (status: Status) => findings.filter((each) => each.status === status).length;
  return {
    ok: count('ok'),
    warning: count('warning'),
    broken: count('broken'),
    'not looked at': count('not looked at'),
  };
}

export function summaryOf(findings: readonly Finding[]): string {
  const { ok, warning, broken, 'not looked at': left } = countsOf(findings);
  const verdict = broken > 0 ? 'Something is broken' : warning > 0 ? 'It works, with a warning' : 'All is well';
  return `${verdict}: ${ok} ok, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${broken} broken, ${left} not looked at.`;
}
