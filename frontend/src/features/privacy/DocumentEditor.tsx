import { FormControlLabel, Switch, Tab, Tabs, TextField } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DocumentVersion, useSaveDocumentDraftMutation } from './api.ts';
import { FormDialog } from './FormDialog.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

const LANGUAGES = ['en', 'de'] as const;
const PARTS = ['title', 'question', 'body'] as const;
type Text = Readonly<Record<(typeof PARTS)[number], string>>;
const EMPTY: Text = { title: '', question: '', body: '' };

interface DocumentEditorProps {
  /** What the next version begins with; left out for a document of a new kind. */
  readonly document?: DocumentVersion;
  readonly onClose: () => void;
}

/** Writes the next version of a document, in each language. */
export function DocumentEditor({ document, onClose }: DocumentEditorProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const [kind, setKind] = useState(document?.kind ?? '');
  const [language, setLanguage] = useState<string>('en');
  const [required, setRequired] = useState(document?.required ?? false);
  const [renews, setRenews] = useState(document?.renews ?? true);
  const [texts, setTexts] = useState<Readonly<Record<string, Text>>>(() =>
    Object.fromEntries(Object.entries(document?.texts ?? {}).map(([tag, text]) => [tag, { ...EMPTY, ...text }])),
  );
  const [save, { isLoading, error }] = useSaveDocumentDraftMutation();
  const text = texts[language] ?? EMPTY;
  const submit = async (): Promise<void> => {
    const written = Object.fromEntries(Object.entries(texts).filter(([, { title, question }]) => title !== '' && question !== ''));
    if (tell(await save({ kind, draft: { required, renews, texts: written } }), t('document_saved'))) onClose();
  };
  return (
    <FormDialog
      wide
      title={document === undefined ? t('document_new') : t('document_edit')}
      action={t('save_draft')}
      busy={isLoading}
      problem={error}
      onSubmit={submit}
      onClose={onClose}
    >
      {document === undefined && (
        <TextField
          label={t('document_kind')}
          required
          value={kind}
          slotProps={{ htmlInput: { pattern: '[a-z][a-z0-9\\-]*', maxLength: 40 } }}
          onChange={({ target }) => setKind(target.value)}
          sx={{ mt: 1 }}
        />
      )}
      <FormControlLabel control={<Switch checked={required} onChange={(_, on) => setRequired(on)} />} label={t('document_required_switch')} />
      <FormControlLabel control={<Switch checked={renews} onChange={(_, on) => setRenews(on)} />} label={t('document_renews_switch')} />
      <Tabs value={language} onChange={(_, next: string) => setLanguage(next)} aria-label={t('document_language')}>
        {LANGUAGES.map((each) => (
          <Tab key={each} value={each} label={t(`language_${each}`)} />
        ))}
      </Tabs>
      {PARTS.map((part) => (
        <TextField
          key={part}
          label={t(`document_${part}`)}
          lang={language}
          required={part !== 'body' && language === 'en'}
          multiline={part === 'body'}
          minRows={part === 'body' ? 8 : 1}
          maxRows={part === 'body' ? 18 : 1}
          value={text[part]}
          onChange={({ target }) => setTexts({ ...texts, [language]: { ...text, [part]: target.value } })}
        />
      ))}
    </FormDialog>
  );
}
