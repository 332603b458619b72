import TranslateRounded from '@mui/icons-material/TranslateRounded';
import { IconButton, Menu, MenuItem, Tooltip } from '@mui/material';
import { useUser } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateMeMutation } from '../../api/index.ts';
import { LANGUAGES, setLanguage } from '../../app/i18n/index.ts';

/** Switches the language here and, for somebody signed in, everywhere they sign in. */
export function LanguageMenu(): ReactNode {
  const { t, i18n } = useTranslation();
  const user = useUser();
  const [updateMe] = useUpdateMeMutation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choose = (language: string): void => {
    setAnchor(null);
    void setLanguage(language);
    if (user !== null) void updateMe({ locale: language });
  };
  return (
    <>
      <Tooltip title={t('shell.language')}>
        <IconButton
          aria-label={t('shell.language')}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <TranslateRounded />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <MenuItem key={code} lang={code} selected={i18n.language === code} onClick={() => choose(code)}>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
