import { Divider, MenuItem, Switch, TextField, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useColorScheme } from '@mui/material/styles';
import { useUser } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateMeMutation } from '../../api/index.ts';
import { LANGUAGES, setLanguage, toLanguage } from '../../app/i18n/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { setMotionPreference, useMotionPreference, useReducedMotion } from '../../design/theme/motion.ts';
import { Setting } from './Setting.tsx';

const MODES = ['light', 'dark', 'system'] as const;

/** Language, colours and motion. */
export function AppearanceSettings(): ReactNode {
  const { t, i18n } = useTranslation();
  const user = useUser();
  const { mode = 'system', setMode } = useColorScheme();
  const motion = useMotionPreference();
  const reduced = useReducedMotion();
  const byDevice = reduced && motion === 'system';
  const [updateMe] = useUpdateMeMutation();
  const choose = (language: string): void => {
    void setLanguage(language);
    if (user !== null) void updateMe({ locale: language });
  };
  return (
    <Panel component="section" aria-labelledby="appearance">
      <Typography id="appearance" variant="h3" component="h2" sx={{ mb: 1 }}>
        {t('settings.appearance')}
      </Typography>
      <Setting title={t('settings.language')} hint={t('settings.language_hint')}>
        {(titleId) => (
          <TextField
            select
            value={toLanguage(i18n.language)}
            onChange={(event) => choose(event.target.value)}
            slotProps={{ select: { SelectDisplayProps: { 'aria-labelledby': titleId } } }}
            sx={{ minWidth: 180 }}
          >
            {Object.entries(LANGUAGES).map(([code, label]) => (
              <MenuItem key={code} value={code} lang={code}>
                {label}
              </MenuItem>
            ))}
          </TextField>
        )}
      </Setting>
      <Divider />
      <Setting title={t('settings.colours')} hint={t('settings.colours_hint')}>
        {(titleId) => (
          <ToggleButtonGroup
            exclusive
            value={mode}
            aria-labelledby={titleId}
            onChange={(_event, value: (typeof MODES)[number] | null) => {
              if (value !== null) setMode(value);
            }}
          >
            {MODES.map((value) => (
              <ToggleButton key={value} value={value}>
                {t(`settings.colours_${value}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        )}
      </Setting>
      <Divider />
      <Setting title={t('settings.motion')} hint={t(byDevice ? 'settings.motion_by_device' : 'settings.motion_hint')}>
        {(titleId) => (
          <Switch
            checked={reduced}
            disabled={byDevice}
            onChange={(_event, checked) => setMotionPreference(checked ? 'reduced' : 'system')}
            slotProps={{ input: { 'aria-labelledby': titleId } }}
          />
        )}
      </Setting>
    </Panel>
  );
}
