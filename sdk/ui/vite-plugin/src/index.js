export { questlinePlugin } from './plugin.js';
export { SDK_RANGE, SDK_VERSION, SHARED_MODULES } from './hostModules.js';
