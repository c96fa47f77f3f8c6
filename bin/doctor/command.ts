import { command } from '../command-line/command.ts';
import { findStack, stackOptions } from '../command-line/stack.ts';
import { readPlans } from '../setup/plans.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { countsOf, findingIn, summaryOf } from './words.ts';

/** `npm run operator -- doctor` */
export const doctorCommand = command({
  name: 'doctor',
  summary: 'looks at keys, webhook, prices, table and site, and says how to mend what is off',
  help: `
Looks at the stack's outputs, its table and its secret; at the keys and what they may do; at the webhook endpoint, its events,
and what was not delivered; at products, prices and billing portal against plans.json; at the site; and at the clocks. It
sends the webhook a test event that means nothing, signed and unsigned. It changes nothing.

Each finding is a line: ok, warning, BROKEN, or not looked at, with the next step under it.

Exit status 1 when something is broken.`,
  options: stackOptions,
  async run({ values, terminal }) {
    const findings: Finding[] = [];
    const plans = await readPlans();
    await examine({
      plans,
      find: () => findStack(values, terminal.env),
      found: (finding) => {
        findings.push(finding);
        if (!values.json) for (const line of findingIn(finding)) terminal.out(line);
      },
    });
    const counts = countsOf(findings);
    terminal.out(values.json ? JSON.stringify({ findings, counts }) : `\n${summaryOf(findings)}`);
    return counts.broken > 0 ? 1 : 0;
  },
});
