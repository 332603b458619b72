import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED_MODULES } from '../hostModules.js';

const PREFIX = '\0questline-shared:';
const JSX_DEV = 'react/jsx-dev-runtime';

/**
 * Hands out the names of a shared package; the browser's import map says where the page has it.
 *
 * @param {string} name
 * @param {readonly string[]} names
 */
function facade(name, names) {
  const plain = names.filter((each) => each !== 'default');
  const rest = plain.length > 0 ? `export const { ${plain.join(', ')} } = shared;\n` : '';
  const whole = names.includes('default') ? 'export default shared.default;\n' : '';
  return `const shared = await import(/* @vite-ignore */ [${JSON.stringify(name)}][0]);\n${whole}${rest}`;
}

const JSX_DEV_FACADE = `import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
export { Fragment };
export const jsxDEV = (type, props, key, isStatic) => (isStatic ? jsxs : jsx)(type, props, key);
`;

/**
 * Gives a plugin under development the page's own instances of the shared packages.
 *
 * @param {import('./session.js').DevSession} session
 * @returns {import('vite').Plugin}
 */
export function sharedInstances({ host }) {
  const names = Object.keys(SHARED_MODULES);
  const { modules } = JSON.parse(readFileSync(join(host, 'shared.json'), 'utf8'));
  return {
    name: 'questline:dev-shared',
    apply: 'serve',
    enforce: 'pre',
    config: () => ({ optimizeDeps: { exclude: [...names, JSX_DEV] } }),
    resolveId: (source) => (names.includes(source) || source === JSX_DEV ? PREFIX + source : null),
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const name = id.slice(PREFIX.length);
      return name === JSX_DEV ? JSX_DEV_FACADE : facade(name, modules[name] ?? []);
    },
  };
}
