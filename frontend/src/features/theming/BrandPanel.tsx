import { Stack, Tab, Tabs, Typography } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../app/i18n/index.ts';
import { Field } from '../../design/components/Field.tsx';
import { Section } from '../../design/components/Section.tsx';
import { color } from '../../design/theme/tokens.ts';
import { LogoField } from './LogoField.tsx';
import { useEditor } from './editorContext.ts';

const KEYS = ['tagline', 'promise'] as const;
const LIMIT = { tagline: 80, promise: 300 } as const;

/** What the site is called, its mark, and the two sentences beside its log-in form. */
export function BrandPanel(): ReactNode {
  const { t } = useTranslation('theming');
  const { editor, draft, dispatch } = useEditor();
  const [language, setLanguage] = useState<string>('en');
  const own = editor.theme.strings?.[language];
  const setText = (key: (typeof KEYS)[number], text: string): void => {
    const texts = { ...draft.strings[language], [key]: text };
    dispatch({ type: 'brand', change: { strings: { ...draft.strings, [language]: texts } } });
  };
  return (
    <Stack sx={{ gap: 3, pt: 2.5 }}>
      <Field
        label={t('site_name')}
        value={draft.siteName}
        required
        error={draft.siteName.trim() === ''}
        inputProps={{ maxLength: 80 }}
        onChange={({ target }) => dispatch({ type: 'brand', change: { siteName: target.value } })}
      />
      <LogoField />
      <Section size="card" title={t('sentences')}>
        <Typography variant="body2" sx={{ mb: 1.5, color: color('muted') }}>
          {t('sentences_hint')}
        </Typography>
        <Tabs
          value={language}
          onChange={(_event, value: string) => setLanguage(value)}
          aria-label={t('sentences_language')}
          sx={{ mb: 2 }}
        >
          {Object.entries(LANGUAGES).map(([code, label]) => (
            <Tab key={code} value={code} label={<span lang={code}>{label}</span>} />
          ))}
        </Tabs>
        <Stack sx={{ gap: 2 }}>
          {KEYS.map((key) => (
            <Field
              key={`${language} ${key}`}
              label={t(key)}
              value={draft.strings[language]?.[key] ?? ''}
              multiline={key === 'promise'}
              minRows={key === 'promise' ? 3 : 1}
              inputProps={{ maxLength: LIMIT[key], lang: language }}
              helperText={own?.[key] === undefined ? t(`${key}_hint`) : t('theme_says', { text: own[key] })}
              onChange={({ target }) => setText(key, target.value)}
            />
          ))}
        </Stack>
      </Section>
    </Stack>
  );
}
