import { Menu, MenuItem } from '@mui/material';
import { useUser } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateMeMutation } from '../../api/index.ts';
import { LANGUAGES, setLanguage } from '../../app/i18n/index.ts';

interface LanguageChoicesProps {
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
}

/** Switches the language here and, for somebody signed in, everywhere they sign in. */
export default function LanguageChoices({ anchor, onClose }: LanguageChoicesProps): ReactNode {
  const { i18n } = useTranslation();
  const user = useUser();
  const [updateMe] = useUpdateMeMutation();
  const choose = (language: string): void => {
    onClose();
    void setLanguage(language);
    if (user !== null) void updateMe({ locale: language });
  };
  return (
    <Menu anchorEl={anchor} open onClose={onClose}>
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <MenuItem key={code} lang={code} selected={i18n.language === code} onClick={() => choose(code)}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
