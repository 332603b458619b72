import UploadFileRounded from '@mui/icons-material/UploadFileRounded';
import { Alert, Box, Button, Link, Stack, Typography } from '@mui/material';
import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color, radius } from '../../design/theme/tokens.ts';
import { useListImportColumnsQuery, useStartUserImportMutation } from './api.ts';
import { inLanguage } from './FieldControl.tsx';
import { base64 } from './picture.ts';
import { TEXTS } from './texts.ts';

function Refusal({ error }: { readonly error: unknown }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const wrong = isApiProblem(error) ? (error.errors ?? []) : [];
  if (wrong.length === 0) return <Alert severity="error">{message(error)}</Alert>;
  return (
    <Alert severity="error">
      {t('import_refused_file')}
      <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
        {wrong.map((each) => (
          <li key={each.field}>
            {each.field === 'content' ? '' : `${each.field}: `}
            {each.message}
          </li>
        ))}
      </Box>
    </Alert>
  );
}

/** Takes a file, and has it checked before anything is changed. */
export function ImportUpload({ onStarted }: { readonly onStarted: (id: string) => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [start, { isLoading, error }] = useStartUserImportMutation();
  const upload = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const answer = await start({ file_name: file.name, content: await base64(file), dry_run: true });
    if (answer.data !== undefined) onStarted(answer.data.id);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void upload(event.dataTransfer.files[0]);
  };
  return (
    <Panel component="section" aria-labelledby="import-file">
      <Typography id="import-file" variant="h3" component="h2" sx={{ mb: 2 }}>
        {t('import_file')}
      </Typography>
      <Stack
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        sx={{
          alignItems: 'center',
          gap: 1.5,
          p: { xs: 3, sm: 5 },
          textAlign: 'center',
          borderRadius: radius('card'),
          border: `2px dashed ${color(over ? 'primary' : 'line')}`,
          background: over ? color('primary-soft') : color('sunken'),
        }}
      >
        <UploadFileRounded aria-hidden sx={{ fontSize: 40, color: color('primary-ink') }} />
        <Typography>{t('import_drop')}</Typography>
        <Button variant="contained" loading={isLoading} onClick={() => input.current?.click()}>
          {t('import_choose')}
        </Button>
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {t('import_hint')}
        </Typography>
      </Stack>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,text/csv,text/plain"
        aria-label={t('import_file')}
        onChange={({ target }) => {
          void upload(target.files?.[0]);
          target.value = '';
        }}
      />
      {error !== undefined && (
        <Box role="alert" sx={{ mt: 2 }}>
          <Refusal error={error} />
        </Box>
      )}
    </Panel>
  );
}

/** Which columns a file may have, and an empty one to begin with. */
export function ImportColumns(): ReactNode {
  const { t, i18n } = useTranslation(TEXTS);
  const { data } = useListImportColumnsQuery();
  const names = data?.columns.map(({ name }) => name) ?? [];
  return (
    <Panel component="section" aria-labelledby="import-columns">
      <Typography id="import-columns" variant="h3" component="h2" sx={{ mb: 1 }}>
        {t('import_columns')}
      </Typography>
      <Typography sx={{ color: color('muted'), mb: 1.5 }}>{t('import_columns_lead')}</Typography>
      <Stack component="ul" sx={{ p: 0, m: 0, gap: 1, listStyle: 'none' }}>
        {data?.columns.map((column) => (
          <Box component="li" key={column.name}>
            <Typography component="code" variant="body2" sx={{ fontWeight: 600 }}>
              {column.name}
            </Typography>
            <Typography variant="body2" component="span" sx={{ color: color('muted'), ml: 1 }}>
              {column.also.length > 0
                ? t('import_also', { names: column.also.slice(0, 3).join(', ') })
                : inLanguage(column.label, i18n.language)}
            </Typography>
          </Box>
        ))}
      </Stack>
      {names.length > 0 && (
        <Link
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(`${names.join(',')}\r\n`)}`}
          download="people.csv"
          sx={{ display: 'inline-block', mt: 2 }}
        >
          {t('import_template')}
        </Link>
      )}
    </Panel>
  );
}
