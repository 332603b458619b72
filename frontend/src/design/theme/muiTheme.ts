import { createTheme } from '@mui/material/styles';
import { controls } from './controls.ts';
import { palette } from './palette.ts';
import { surfaces } from './surfaces.ts';
import { typography } from './typography.ts';

/** Where MUI keeps the chosen colour scheme; `public/appearance.js` reads the same key before the first paint. */
export const COLOR_SCHEME_KEY = 'questline-color-scheme';

/**
 * The MUI theme. It holds no colour of its own: everything is `var(--ql-…)` from the tenant's theme, so that a tenant
 * changes theme without a build.
 */
export const muiTheme = createTheme({
  cssVariables: { nativeColor: true, colorSchemeSelector: '[data-color-scheme="%s"]' },
  colorSchemes: { light: { palette }, dark: { palette } },
  typography,
  shape: { borderRadius: 14 },
  breakpoints: { values: { xs: 0, sm: 600, md: 900, lg: 1200, xl: 1600 } },
  components: { ...controls, ...surfaces },
});
