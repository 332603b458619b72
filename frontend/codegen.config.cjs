/**
 * Options of `npm run generate-api`: the typed clients of core's HTTP API, from core's own OpenAPI document.
 *
 * There are three, so that a learner's browser does not load what only the console or the account's pages call.
 */
const LEARNER = /^\/api\/v1\/(?:auth|catalogue|courses|dashboard|lessons|me|site|ui)(?:\/|$)/u;
const ACCOUNT = /^\/api\/v1\/(?:account|identities|sign-in)(?:\/|$)/u;

module.exports = {
  schemaFile: './openapi.json',
  apiFile: '@questline/ui-sdk',
  apiImport: 'api',
  hooks: true,
  flattenArg: true,
  outputFiles: {
    './src/api/generated.ts': { exportName: 'learnerApi', filterEndpoints: (_name, { path }) => LEARNER.test(path) },
    './src/api/account/generated.ts': { exportName: 'accountApi', filterEndpoints: (_name, { path }) => ACCOUNT.test(path) },
    './src/api/console/generated.ts': {
      exportName: 'consoleApi',
      filterEndpoints: (_name, { path }) => !LEARNER.test(path) && !ACCOUNT.test(path),
    },
  },
};
