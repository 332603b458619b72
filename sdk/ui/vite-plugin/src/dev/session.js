/**
 * What `questline dev` tells the kit: the server behind, and the build of the site's own pages.
 *
 * @typedef {object} DevSession
 * @property {string} backEnd Address of the running server.
 * @property {string} host Folder of the build of the host's pages.
 * @property {boolean} refresh Whether that build has a development React, which keeps the state of what is edited.
 */

/**
 * The session this Vite runs for; undefined in a build or a test.
 *
 * @returns {DevSession | undefined}
 */
export function devSession() {
  const { QUESTLINE_DEV_BACK_END: backEnd, QUESTLINE_DEV_HOST: host, QUESTLINE_DEV_REFRESH: refresh } = process.env;
  return backEnd === undefined || host === undefined ? undefined : { backEnd, host, refresh: refresh === '1' };
}

/** The path under which Vite serves its own; every other address belongs to the site. */
export const BASE = '/@plugin/';

/** The plugin's entry while it is developed, below the base. */
export const ENTRY = '@questline/entry.js';
