import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Box, Button } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useFormat } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ThemeEditor, useGetThemeEditorQuery, useListThemesQuery } from '../../api/console/index.ts';
import { i18n } from '../../app/i18n/index.ts';
import { Editor } from './Editor.tsx';
import de from './texts/de.json';
import en from './texts/en.json';

const ExportDialog = lazy(() => import('./ExportDialog.tsx'));

// Only who edits the theme needs these texts, so they come with this page and not with the first load.
i18n.addResourceBundle('en', 'theming', en);
i18n.addResourceBundle('de', 'theming', de);

/** Changes the tenant's theme: colours, type, shape and brand, with the site itself beside it. */
export default function ThemeEditorPage(): ReactNode {
  const { t } = useTranslation('theming');
  const { currentData: data, error, refetch } = useGetThemeEditorQuery(undefined, { refetchOnMountOrArgChange: true });
  const { data: list } = useListThemesQuery();
  const [exporting, setExporting] = useState(false);
  return (
    <Page title={t('title')} maxWidth={false}>
      <PageHeader
        overline={
          <Button href="/admin/theme" size="small" startIcon={<ArrowBackRounded />} sx={{ ml: -1.75 }}>
            {t('back')}
          </Button>
        }
        title={data === undefined ? t('title') : t('title_of', { theme: data.theme.title })}
        description={data && <LastChange editor={data} />}
        actions={
          <Button variant="outlined" onClick={() => setExporting(true)}>
            {t('export')}
          </Button>
        }
      />
      {data === undefined && error === undefined && <LoadingState lines={2} height={320} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Editor
          key={`${data.theme.id} ${String(data.version)}`}
          editor={data}
          themes={list?.themes ?? []}
          onSaved={() => void refetch()}
        />
      )}
      {exporting && (
        <Suspense>
          <ExportDialog onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function LastChange({ editor }: { readonly editor: ThemeEditor }): ReactNode {
  const { t } = useTranslation('theming');
  const format = useFormat();
  if (editor.changed_at === null) return <Box component="span" sx={{ display: { xs: 'none', sm: 'inline' } }}>{t('never_changed')}</Box>;
  const when = format.dateTime(editor.changed_at);
  return (
    <span>
      {editor.changed_by === null ? t('changed_at', { when }) : t('changed_by', { when, who: editor.changed_by })}
    </span>
  );
}
