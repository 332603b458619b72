/** Options of `npm run generate-api`: the typed client of core's HTTP API, from core's own OpenAPI document. */
module.exports = {
  schemaFile: './openapi.json',
  apiFile: '@questline/ui-sdk',
  apiImport: 'api',
  outputFile: './src/api/generated.ts',
  exportName: 'coreApi',
  hooks: true,
  flattenArg: true,
};
