/**
 * A package that the host shares with plugins.
 *
 * @typedef {object} SharedModule
 * @property {'commonjs' | 'esm'} format How the package is written; decides how its names are found.
 * @property {boolean} [hasDefault] Whether an ESM package also has a default export.
 * @property {readonly string[]} [names] The only names that are shared, where the whole package would be too much.
 */

/**
 * The packages of which the page has one instance, by import name.
 *
 * Every name in here is public API of the host: adding one is a promise, removing one breaks plugins.
 *
 * @type {Readonly<Record<string, SharedModule>>}
 */
export const SHARED_MODULES = {
  react: { format: 'commonjs' },
  'react/jsx-runtime': { format: 'commonjs' },
  'react-dom': { format: 'commonjs' },
  '@mui/material': { format: 'esm' },
  '@mui/material/styles': { format: 'esm' },
  '@emotion/react': { format: 'esm' },
  '@emotion/styled': { format: 'esm', hasDefault: true },
  'react-redux': { format: 'esm' },
  '@reduxjs/toolkit': { format: 'esm' },
  '@reduxjs/toolkit/query/react': { format: 'esm' },
  'react-router': {
    format: 'esm',
    names: [
      'Form',
      'Link',
      'NavLink',
      'Navigate',
      'Outlet',
      'createSearchParams',
      'generatePath',
      'matchPath',
      'useBeforeUnload',
      'useBlocker',
      'useHref',
      'useLocation',
      'useMatch',
      'useNavigate',
      'useNavigation',
      'useOutletContext',
      'useParams',
      'useResolvedPath',
      'useSearchParams',
    ],
  },
  i18next: { format: 'esm', hasDefault: true },
  'react-i18next': { format: 'esm' },
  '@questline/ui-sdk': { format: 'esm' },
};

/** Version of the UI SDK that this kit builds for. */
export const SDK_VERSION = '0.1.0';

/** The range of UI SDK versions that a plugin built with this kit runs on. */
export const SDK_RANGE = '>=0.1,<0.2';
