import { Box, Button, Tab, Tabs } from '@mui/material';
import { Page, PageHeader } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PERIODS, type Period, useLeaderboardsGetPreferencesQuery } from './api.ts';
import { BoardPanel } from './BoardPanel.tsx';
import { PreferencesDialog } from './PreferencesDialog.tsx';

function isPeriod(value: string | null): value is Period {
  return PERIODS.some((period) => period === value);
}

/** The leaderboards of this week, this month and of all time, live. */
export default function LeaderboardPage(): ReactNode {
  const { t } = useTranslation('leaderboards');
  const [search, setSearch] = useSearchParams();
  const asked = search.get('period');
  const period = isPeriod(asked) ? asked : 'week';
  const [choosing, setChoosing] = useState(false);
  const { data: preferences } = useLeaderboardsGetPreferencesQuery();
  const actions = (
    <Button variant="outlined" disabled={preferences === undefined} onClick={() => setChoosing(true)}>
      {t('preferences_action')}
    </Button>
  );
  return (
    <Page title={t('title')} maxWidth="md">
      <PageHeader title={t('title')} description={t('lead')} actions={actions} />
      <Tabs
        value={period}
        onChange={(_, value: Period) => setSearch({ period: value }, { replace: true, preventScrollReset: true })}
        aria-label={t('periods')}
        sx={{ mb: 3 }}
      >
        {PERIODS.map((each) => (
          <Tab key={each} value={each} id={`board-tab-${each}`} aria-controls="board-panel" label={t(`period.${each}`)} />
        ))}
      </Tabs>
      <Box role="tabpanel" id="board-panel" aria-labelledby={`board-tab-${period}`}>
        <BoardPanel key={period} period={period} optedOut={preferences?.opted_out ?? false} onChoose={() => setChoosing(true)} />
      </Box>
      {choosing && preferences !== undefined && <PreferencesDialog preferences={preferences} onClose={() => setChoosing(false)} />}
    </Page>
  );
}
