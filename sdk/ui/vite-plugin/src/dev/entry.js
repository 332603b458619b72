import { ENTRY } from './session.js';

const ID = '\0questline-entry.js';

/**
 * The module the host imports instead of a built entry: its views are those of the latest edit.
 *
 * @param {string} id
 * @param {string} entry
 */
function code(id, entry) {
  const source = JSON.stringify(`/${entry}`);
  return `import i18next from 'i18next';
import { createElement, useSyncExternalStore } from 'react';
import first from ${source};

let current = first;
const listeners = new Set();
const live = new Map();
const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const snapshot = () => current;

function view(name) {
  if (!live.has(name)) {
    const Live = (props) => createElement(useSyncExternalStore(subscribe, snapshot).views[name], props);
    live.set(name, Object.assign(Live, { displayName: name }));
  }
  return live.get(name);
}

export default {
  ...first,
  views: new Proxy({}, { get: (_, name) => (name in current.views ? view(name) : undefined) }),
};

if (import.meta.hot) {
  import.meta.hot.accept(${source}, (next) => {
    if (next === undefined) return;
    current = next.default;
    for (const [language, texts] of Object.entries(current.resources ?? {})) {
      i18next.addResourceBundle(language, ${JSON.stringify(id)}, texts, true, true);
    }
    for (const listener of listeners) listener();
  });
}
`;
}

/**
 * Serves the entry of a plugin under development.
 *
 * @param {import('../plugin.js').QuestlinePluginOptions} options
 * @returns {import('vite').Plugin}
 */
export function liveEntry({ id, entry = 'src/index.tsx' }) {
  return {
    name: 'questline:dev-entry',
    apply: 'serve',
    enforce: 'pre',
    resolveId: (source) => (source === `/${ENTRY}` ? ID : null),
    load: (source) => (source === ID ? code(id, entry) : null),
  };
}
