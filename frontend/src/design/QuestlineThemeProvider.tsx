import { ThemeProvider } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { previewScheme } from '../app/preview/preview.ts';
import './theme/fallback.css';
import { GlobalLook } from './theme/GlobalLook.tsx';
import { COLOR_SCHEME_KEY, muiTheme } from './theme/muiTheme.ts';

/** Puts Questline's look around the application; the tenant's `theme.css` fills in its variables. */
export function QuestlineThemeProvider({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ThemeProvider
      theme={muiTheme}
      defaultMode={previewScheme ?? 'system'}
      modeStorageKey={COLOR_SCHEME_KEY}
      {...(previewScheme !== null && { storageManager: null })}
    >
      <GlobalLook />
      {children}
    </ThemeProvider>
  );
}
