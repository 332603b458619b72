import { readFile, writeFile } from 'node:fs/promises';

/** Answers that are no JSON for the client, and what belongs to operators. */
const LEFT_OUT = /^(?!\/api\/v1\/)|^\/api\/v1\/(?:p\/|live$|media\/|tenant\/theme\/package$|ui\/theme\.css$)/u;
const REFERENCE = /"\$ref":"#\/components\/schemas\/([^"]+)"/gu;

interface Document {
  paths: Record<string, unknown>;
  components: { schemas: Record<string, unknown> };
}

function referredFrom(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(REFERENCE)].map((match) => decodeURIComponent(match[1] ?? ''));
}

/** Keeps the part of core's OpenAPI document that the application calls, so that a plugin's change does not touch it. */
function keepCore(document: Document): Document {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => !LEFT_OUT.test(path)));
  const names = new Set(referredFrom(paths));
  for (const name of names) for (const next of referredFrom(document.components.schemas[name] ?? {})) names.add(next);
  const schemas = Object.fromEntries(Object.entries(document.components.schemas).filter(([name]) => names.has(name)));
  return { ...document, paths, components: { ...document.components, schemas } };
}

const [source, target] = process.argv.slice(2);
if (source === undefined || target === undefined) throw new Error('Give two files: the whole document and the core part.');
const document = JSON.parse(await readFile(source, 'utf8')) as Document;
await writeFile(target, `${JSON.stringify(keepCore(document), null, 2)}\n`);
