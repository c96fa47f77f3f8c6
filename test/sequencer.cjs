const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes longest, first: else a worker would be alone with one of them at the end. */
const LONG = [
  'clients/dynamodb-local',
  'functions/histories',
  'bin/start',
  'e2e/lighthouse',
  'page/looks',
  'e2e/subscriber',
  'e2e/operator',
  'e2e/dashboard',
  'e2e/newcomer',
  'clients/reconcile/interrupted',
  'stack/findings',
  'bin/operator',
];

const rank = ({ path }) => {
  const found = LONG.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return found < 0 ? LONG.length : found;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort([...tests]).toSorted((a, b) => rank(a) - rank(b));
  }
};
