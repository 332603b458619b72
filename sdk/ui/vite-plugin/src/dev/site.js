import { createReadStream, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import { SDK_RANGE } from '../hostModules.js';
import { BASE, ENTRY } from './session.js';

const PLUGINS = '/api/v1/ui/plugins';
const NONCE = 'development';
/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const REFRESH = `import { injectIntoGlobalHook } from '${BASE}@react-refresh';
injectIntoGlobalHook(window);
window.$RefreshReg$ = () => undefined;
window.$RefreshSig$ = () => (type) => type;`;

/**
 * The start page of the site, with Vite's client in it.
 *
 * @param {import('./session.js').DevSession} session
 */
function startPage({ host, refresh }) {
  const html = readFileSync(join(host, 'index.html'), 'utf8');
  const { nonce_placeholder: nonce } = JSON.parse(readFileSync(join(host, 'csp.json'), 'utf8'));
  const first = refresh ? `<script type="module">${REFRESH}</script>` : '';
  const scripts = `${first}<script type="module" src="${BASE}@vite/client"></script>`;
  // After the import map, which must come before every module; before the application's own scripts.
  return html.replaceAll(nonce, NONCE).replace(/(<script type="importmap">.*?<\/script>)/su, (map) => map + scripts);
}

/**
 * A file of the host's build; null where there is none of that name.
 *
 * @param {string} host
 * @param {string} path
 */
function hostFile(host, path) {
  const file = normalize(join(host, path));
  if (!file.startsWith(host + sep) || TYPES[extname(file)] === undefined || path === '/sw.js') return null;
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : null;
}

/**
 * The site's list of plugins with the plugin under development in it.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {string} backEnd
 * @param {import('../plugin.js').QuestlinePluginOptions} options
 */
async function pluginList(request, backEnd, { id, contributions }) {
  const headers = new Headers();
  for (const name of ['authorization', 'cookie', 'accept-language', 'x-questline-tenant']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const answer = await fetch(backEnd + PLUGINS, { headers });
  if (!answer.ok) return { status: answer.status, body: await answer.text() };
  const list = await answer.json();
  const built = list.plugins.find((/** @type {{id: string}} */ plugin) => plugin.id === id);
  const plugin = { id, version: '0.0.0-dev', title: built?.title ?? id, entry: BASE + ENTRY, css: [], sdk: SDK_RANGE, contributions };
  const others = list.plugins.filter((/** @type {{id: string}} */ other) => other.id !== id);
  return { status: 200, body: JSON.stringify({ ...list, plugins: [...others, plugin] }) };
}

/**
 * Shows the site around the plugin: its pages from the host's build, everything else from the running server.
 *
 * @param {import('../plugin.js').QuestlinePluginOptions} options
 * @param {import('./session.js').DevSession} session
 * @returns {import('vite').Plugin}
 */
export function siteAround(options, session) {
  const { backEnd, host } = session;
  return {
    name: 'questline:dev-site',
    apply: 'serve',
    config: () => ({
      base: BASE,
      appType: 'custom',
      server: { proxy: { [`^(?!${BASE})`]: { target: backEnd, changeOrigin: false } } },
    }),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '/').replace(/[?#].*$/u, '');
        /** @param {number} status @param {string} type @param {string} body */
        const answer = (status, type, body) => {
          response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
        };
        if (path === '/@questline/status') return answer(200, 'text/plain', 'ready');
        if (path === PLUGINS) {
          pluginList(request, backEnd, options).then(({ status, body }) => answer(status, 'application/json', body), next);
          return;
        }
        if (request.headers['sec-fetch-dest'] === 'document' && !path.startsWith('/api/')) {
          return answer(200, 'text/html; charset=utf-8', startPage(session));
        }
        const file = hostFile(host, path);
        if (file === null) return next();
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? '', 'cache-control': 'no-cache' });
        createReadStream(file).pipe(response);
      });
    },
  };
}
