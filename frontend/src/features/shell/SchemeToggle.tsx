import DarkModeRounded from '@mui/icons-material/DarkModeRounded';
import LightModeRounded from '@mui/icons-material/LightModeRounded';
import { IconButton } from '@mui/material';
import { useColorScheme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Switches between light and dark. */
export function SchemeToggle(): ReactNode {
  const { t } = useTranslation();
  const { mode, systemMode, setMode } = useColorScheme();
  const dark = (mode === 'system' ? systemMode : mode) === 'dark';
  const label = t(dark ? 'shell.light' : 'shell.dark');
  return (
    <IconButton title={label} aria-label={label} onClick={() => setMode(dark ? 'light' : 'dark')}>
      {dark ? <LightModeRounded /> : <DarkModeRounded />}
    </IconButton>
  );
}
