import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, Typography } from '@mui/material';
import { authorizedFetch, useSite } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../design/components/Field.tsx';
import { code } from '../../design/theme/code.ts';
import { color } from '../../design/theme/tokens.ts';

interface Problem {
  readonly detail?: string;
}

async function download(query: URLSearchParams): Promise<string> {
  const answer = await authorizedFetch(`/api/v1/tenant/theme/package?${query.toString()}`);
  if (!answer.ok) throw new Error(((await answer.json()) as Problem).detail);
  const name = /filename="([^"]+)"/u.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'theme.whl';
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
  return name;
}

/** Makes the saved look a theme of its own to download. */
export default function ExportDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('theming');
  const site = useSite();
  const [values, setValues] = useState({ id: site?.slug ?? 'theme', title: site?.name ?? '', version: '1.0.0' });
  const [problem, setProblem] = useState<string>();
  const [done, setDone] = useState<string>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      setDone(await download(new URLSearchParams(values)));
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="export-title">
      <form onSubmit={(event) => void submit(event)}>
        <DialogTitle id="export-title">{t('export')}</DialogTitle>
        <DialogContent>
          <Typography sx={{ mb: 2.5, color: color('muted') }}>{t('export_lead')}</Typography>
          <Stack sx={{ gap: 2 }}>
            {(['title', 'id', 'version'] as const).map((key) => (
              <Field
                key={key}
                required
                label={t(`export_${key}`)}
                value={values[key]}
                onChange={({ target }) => setValues({ ...values, [key]: target.value })}
              />
            ))}
          </Stack>
          {problem !== undefined && (
            <Alert severity="error" sx={{ mt: 2 }}>
              {problem}
            </Alert>
          )}
          {done !== undefined && (
            <Alert severity="success" sx={{ mt: 2, ...code, overflowWrap: 'anywhere' }}>
              {t('exported')} <code>questline plugin install {done}</code>
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button type="submit" variant="contained">
            {t('download')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
