/** The arrows between the rooms. A line that needs a new arrow is usually in the wrong room. */
const rooms = ['bin', 'lib', 'functions', 'billing', 'clients', 'local', 'static-site', 'test', 'bench'];
const code = '^(bin|lib|functions|billing|clients|local|static-site|test|bench)/';

/** What a room may import beside itself, types included. `test` may import everything. That billing imports no library at run time: test/billing/paper.test.ts. */
const allowed = {
  billing: [],
  clients: ['billing'],
  functions: ['clients', 'billing'],
  lib: [],
  local: [],
  'static-site': [],
  bin: ['lib', 'local', 'clients', 'billing'],
};

const arrows = Object.entries(allowed).map(([room, others]) => ({
  name: `${room}-imports-only-${['itself', ...others].join('-')}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: `^(${rooms.filter((r) => r !== room && !others.includes(r)).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: code },
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: code },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|cdk\\.out|\\.local)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
