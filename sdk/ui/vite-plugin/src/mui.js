import { createRequire } from 'node:module';

const DEEP = /^@mui\/material\/(\w+)$/u;
const PREFIX = '\0questline-mui/';
const SHARED_PATH = 'styles';

/**
 * Turns `@mui/material/Button` into the shared `@mui/material`, so that no second copy of MUI is bundled.
 *
 * @param {'build' | 'serve'} apply
 * @returns {import('vite').Plugin}
 */
export function muiDeepImports(apply) {
  let root = process.cwd();
  return {
    name: 'questline:mui-deep-imports',
    apply,
    enforce: 'pre',
    configResolved: (config) => {
      root = config.root;
    },
    resolveId: (source) => {
      const path = DEEP.exec(source)?.[1];
      return path === undefined || path === SHARED_PATH ? null : PREFIX + path;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const path = id.slice(PREFIX.length);
      const require = createRequire(`${root}/package.json`);
      const shared = require('@mui/material');
      const names = Object.keys(require(`@mui/material/${path}`)).filter((name) => name !== 'default' && name in shared);
      if (path in shared) names.push(`${path} as default`);
      return `export { ${names.join(', ')} } from '@mui/material';`;
    },
  };
}
