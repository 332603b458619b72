import { Box, Stack } from '@mui/material';
import { ErrorState, Page, Slot } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetDashboardQuery } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { Section } from '../../design/components/Section.tsx';
import { Activity } from './Activity.tsx';
import { CourseProgressList } from './CourseProgressList.tsx';
import { DashboardHero } from './DashboardHero.tsx';
import { DashboardSkeleton } from './DashboardSkeleton.tsx';
import { Facts } from './Facts.tsx';

/** The learner's start: where to go on, how far they are, and what plugins add. */
export default function DashboardPage(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useGetDashboardQuery();
  if (error !== undefined && data === undefined) {
    return (
      <Page title={t('dashboard.title')}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (data === undefined) {
    return (
      <Page title={t('dashboard.title')}>
        <DashboardSkeleton />
      </Page>
    );
  }
  const learning = data.courses.length > 0;
  return (
    <Page title={t('dashboard.title')}>
      <DashboardHero courses={data.courses} />
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 344px' },
          gap: { xs: 4, lg: 4 },
          mt: { xs: 3, md: 4 },
          alignItems: 'start',
        }}
      >
        <Stack sx={{ gap: { xs: 4, md: 5 }, minWidth: 0 }}>
          {learning && <Facts dashboard={data} />}
          {learning && (
            <Section title={t('dashboard.your_courses')}>
              <CourseProgressList courses={data.courses} />
            </Section>
          )}
          <Slot name="dashboard.main" />
          {learning && (
            <Panel>
              <Section title={t('dashboard.activity')} size="card">
                <Activity days={data.activity} />
              </Section>
            </Panel>
          )}
        </Stack>
        <Stack sx={{ gap: 3, minWidth: 0 }}>
          <Slot name="dashboard.aside" />
        </Stack>
      </Box>
    </Page>
  );
}
