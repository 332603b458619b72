/** Options of `npm run generate-api`: the typed client of core's HTTP API, from core's own OpenAPI document. */
module.exports = {
  schemaFile: process.env.QUESTLINE_OPENAPI ?? './openapi.json',
  apiFile: '@questline/ui-sdk',
  apiImport: 'api',
  outputFile: './src/api/generated.ts',
  exportName: 'coreApi',
  hooks: true,
  flattenArg: true,
  filterEndpoints: (_name, { path }) => !path.includes('/api/v1/p/') && !path.endsWith('/live'),
};
