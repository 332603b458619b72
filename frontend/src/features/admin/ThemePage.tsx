import { Box } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListThemesQuery, useSetThemeMutation } from '../../api/console/index.ts';
import { useGetThemeQuery } from '../../api/index.ts';
import { replaceStyleSheet } from '../../design/theme/styleSheet.ts';
import { ThemeCard } from './ThemeCard.tsx';

/** The site's look: every installed theme, shown in both schemes, to choose from. */
export default function ThemePage(): ReactNode {
  const { t } = useTranslation();
  const notify = useNotify();
  const message = useProblemMessage();
  const { data: current } = useGetThemeQuery();
  const { data, error, refetch } = useListThemesQuery();
  const [setTheme] = useSetThemeMutation();
  const [changing, setChanging] = useState<string>();
  const choose = async (id: string, title: string): Promise<void> => {
    setChanging(id);
    const answer = await setTheme({ theme: id });
    if (answer.error === undefined) {
      await replaceStyleSheet(id);
      notify({ message: t('admin.theme_changed', { theme: title }), severity: 'success' });
    } else {
      notify({ message: message(answer.error), severity: 'error' });
    }
    setChanging(undefined);
  };
  return (
    <Page title={t('admin.theme')}>
      <PageHeader title={t('admin.theme')} description={t('admin.theme_lead')} />
      {data === undefined && error === undefined && <LoadingState lines={2} height={380} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Box
          component="ul"
          sx={{
            display: 'grid',
            gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 480px), 1fr))',
            gap: 3,
            m: 0,
            p: 0,
            listStyle: 'none',
          }}
        >
          {data.themes.map((theme) => (
            <ThemeCard
              key={theme.id}
              theme={theme}
              current={current?.id === theme.id}
              busy={changing === theme.id}
              onChoose={() => void choose(theme.id, theme.title)}
            />
          ))}
        </Box>
      )}
    </Page>
  );
}
