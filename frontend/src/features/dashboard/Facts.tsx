import LocalFireDepartmentRounded from '@mui/icons-material/LocalFireDepartmentRounded';
import ScheduleRounded from '@mui/icons-material/ScheduleRounded';
import TaskAltRounded from '@mui/icons-material/TaskAltRounded';
import { Box, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { CountUp } from '../../design/gamification/CountUp.tsx';
import { type Tone, color, font, radius } from '../../design/theme/tokens.ts';

interface FactProps {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly value: ReactNode;
  readonly label: string;
}

function Fact({ tone, icon, value, label }: FactProps): ReactNode {
  return (
    <Panel
      component="li"
      sx={{
        display: 'flex',
        flexDirection: { xs: 'column', sm: 'row' },
        alignItems: { sm: 'center' },
        gap: { xs: 1, sm: 2 },
        p: { xs: 1.75, sm: 2.5 },
      }}
    >
      <Box
        aria-hidden
        sx={{
          display: 'grid',
          placeItems: 'center',
          flexShrink: 0,
          width: { xs: 38, sm: 48 },
          height: { xs: 38, sm: 48 },
          borderRadius: radius('control'),
          background: color(`${tone}-soft`),
          color: color(`${tone}-ink`),
        }}
      >
        {icon}
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography
          component="p"
          sx={{
            fontFamily: font('display'),
            fontWeight: 'var(--ql-font-weight-display)',
            fontSize: { xs: '1.1875rem', sm: '1.625rem' },
            lineHeight: 1.15,
            whiteSpace: 'nowrap',
          }}
        >
          {value}
        </Typography>
        <Typography variant="body2" sx={{ color: color('muted'), fontSize: { xs: '0.8125rem', sm: '0.9375rem' } }}>
          {label}
        </Typography>
      </Box>
    </Panel>
  );
}

/** A length of time in the few characters that fit a phone: "3h 14m". */
function Length({ minutes }: { readonly minutes: number }): ReactNode {
  const format = useFormat();
  const part = (value: number, unit: 'hour' | 'minute'): string =>
    format.number(value, { style: 'unit', unit, unitDisplay: 'narrow' });
  const hours = Math.floor(minutes / 60);
  return [...(hours > 0 ? [part(hours, 'hour')] : []), part(Math.round(minutes % 60), 'minute')].join(' ');
}

/** Three numbers about what the learner has done. */
export function Facts({ dashboard }: { readonly dashboard: Dashboard }): ReactNode {
  const { t } = useTranslation();
  const { completed_lessons: lessons, minutes_learned: minutes, current_streak_days: streak } = dashboard;
  return (
    <Box
      component="ul"
      aria-label={t('dashboard.numbers')}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
        gap: { xs: 1.25, sm: 2 },
        m: 0,
        p: 0,
        listStyle: 'none',
      }}
    >
      <Fact
        tone="success"
        icon={<TaskAltRounded />}
        value={<CountUp value={lessons} />}
        label={t('dashboard.lessons_done', { count: lessons })}
      />
      <Fact
        tone="info"
        icon={<ScheduleRounded />}
        value={<Length minutes={minutes} />}
        label={t('dashboard.learned')}
      />
      <Fact
        tone="points"
        icon={<LocalFireDepartmentRounded />}
        value={<CountUp value={streak} />}
        label={t('dashboard.streak', { count: streak })}
      />
    </Box>
  );
}
