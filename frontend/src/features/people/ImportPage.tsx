import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Box, Button, Chip, Link, Stack, Typography } from '@mui/material';
import { Page, PageHeader, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { type ImportCard, useListUserImportsQuery, useRemoveUserImportMutation } from './api.ts';
import { ImportResult } from './ImportResult.tsx';
import { ImportColumns, ImportUpload } from './ImportUpload.tsx';
import { TEXTS } from './texts.ts';

function PastImports({ shown, onRemoved }: { readonly shown: string | null; readonly onRemoved: (id: string) => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const { data } = useListUserImportsQuery({});
  const [remove, { isLoading, error }] = useRemoveUserImportMutation();
  const [asked, setAsked] = useState<ImportCard | null>(null);
  const others = data?.items.filter(({ id }) => id !== shown) ?? [];
  if (others.length === 0 && asked === null) return null;
  const confirm = async (id: string): Promise<void> => {
    const answer = await remove(id);
    if (answer.error !== undefined) return;
    setAsked(null);
    onRemoved(id);
  };
  return (
    <Panel component="section" aria-labelledby="import-past">
      <Typography id="import-past" variant="h3" component="h2" sx={{ mb: 1.5 }}>
        {t('import_past')}
      </Typography>
      <Stack component="ul" sx={{ p: 0, m: 0 }}>
        {others.map((card) => (
          <Stack component="li" key={card.id} direction="row" sx={{ alignItems: 'center', gap: 1.5, py: 1, flexWrap: 'wrap' }}>
            <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
              <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
                <Link href={`/admin/users/import?id=${card.id}`} aria-label={t('import_view', { file: card.file_name })} sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
                  {card.file_name}
                </Link>
                <Chip size="small" color={card.dry_run ? 'default' : 'primary'} label={t(card.dry_run ? 'import_trial' : 'import_real')} />
              </Stack>
              <Typography variant="body2" sx={{ color: color('muted') }}>
                {[card.by, format.relative(card.created_at), t('import_progress', { done: format.number(card.done), rows: format.number(card.rows) })]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </Typography>
            </Box>
            <Button
              size="small"
              color="error"
              aria-label={t('import_remove_named', { file: card.file_name })}
              onClick={() => setAsked(card)}
            >
              {t('import_remove')}
            </Button>
          </Stack>
        ))}
      </Stack>
      {asked !== null && (
        <ConfirmDialog
          title={t('import_remove_title')}
          action={t('import_remove')}
          stops
          busy={isLoading}
          problem={error}
          onConfirm={() => void confirm(asked.id)}
          onClose={() => setAsked(null)}
        >
          <Typography>{t('import_remove_text')}</Typography>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

/** Imports people: a file is checked, looked at, and only then taken in. */
export default function ImportPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [params, setParams] = useSearchParams();
  const id = params.get('id');
  const show = (shown: string): void => setParams({ id: shown });
  return (
    <Page title={t('import_title')}>
      <Button href="/admin/users" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('back')}
      </Button>
      <PageHeader
        title={t('import_title')}
        description={t('import_lead')}
        actions={
          id === null ? undefined : (
            <Button variant="outlined" href="/admin/users/import">
              {t('import_another')}
            </Button>
          )
        }
      />
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: id === null ? { lg: 'minmax(0, 1fr) 360px' } : 'minmax(0, 1fr)',
          gap: 3,
          alignItems: 'start',
        }}
      >
        <Stack sx={{ gap: 3, minWidth: 0 }}>
          {id === null ? <ImportUpload onStarted={show} /> : <ImportResult key={id} id={id} onStarted={show} />}
          <PastImports shown={id} onRemoved={() => undefined} />
        </Stack>
        {id === null && <ImportColumns />}
      </Box>
    </Page>
  );
}
