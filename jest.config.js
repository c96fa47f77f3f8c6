import { availableParallelism } from 'node:os';

// The AWS SDK asks for a newer Node than the oldest that this project runs on; Lambda's is newer still.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/global-setup.js',
  globalTeardown: '<rootDir>/test/global-teardown.js',
  testSequencer: '<rootDir>/test/sequencer.cjs',
  // Much of what is tested starts servers and browsers; a busy machine is not a fault.
  testTimeout: 30_000,
  // Tests wait for browsers, servers and processes: one more than there are processors keeps those busy.
  maxWorkers: availableParallelism() + 1,
  // Modules of finished files stay in a worker's memory; past this much, collecting them takes longer than a new worker.
  workerIdleMemoryLimit: '512MB',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023', experimental: { keepImportAttributes: true } } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/build', '<rootDir>/.local'],
};
