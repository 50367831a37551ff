/** THINK BEFORE CHANGING THIS FILE: these rules are the architecture (docs/architecture.md). */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means that two modules are one; merge them or extract what both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'schemas-import-nothing-of-ours',
      comment: 'schemas/ holds contracts; a contract that needs an implementation is not one.',
      severity: 'error',
      from: { path: '^schemas/' },
      to: { path: '^(processors|streams|deploy|console|nifi-flows|test|bench)/' },
    },
    {
      name: 'engine-knows-no-telecom',
      comment: 'streams/engine is a stream engine usable by a team with no interest in billing.',
      severity: 'error',
      from: { path: '^streams/engine/' },
      to: { path: '^(schemas|processors|deploy|console|nifi-flows|test|bench)/|^streams/(?!engine/)' },
    },
    {
      name: 'processors-import-schemas-only',
      comment: 'The business is pure: it knows contracts, not the machinery that runs it.',
      severity: 'error',
      from: { path: '^processors/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(streams|deploy|console|nifi-flows|test|bench)/' },
    },
    {
      name: 'processors-do-no-io',
      comment: 'No I/O and no clock in processors: replay must give the same result.',
      severity: 'error',
      from: { path: '^processors/', pathNot: '\\.test\\.ts$' },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|net|http|https|child_process|timers|dns|worker_threads)',
      },
    },
    {
      name: 'oracle-shares-no-code',
      comment: 'The judge proves the processors; sharing code with them would prove nothing.',
      severity: 'error',
      from: { path: '^deploy/demo/oracle/' },
      to: { path: '^(schemas|processors|streams|console|nifi-flows)/|^deploy/(?!demo/oracle/)' },
    },
    {
      name: 'workers-do-not-deploy',
      comment: 'streams/ is composed by deploy/, never the other way round.',
      severity: 'error',
      from: { path: '^streams/' },
      to: { path: '^(deploy|console|nifi-flows|test|bench)/' },
    },
    {
      name: 'product-does-not-import-tests',
      comment: 'Test helpers stay out of the product.',
      severity: 'error',
      from: { path: '^(schemas|processors|streams|deploy|console)/', pathNot: '\\.test\\.ts$' },
      to: { path: '(^test/|\\.test\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
