import EventRounded from '@mui/icons-material/EventRounded';
import GroupsRounded from '@mui/icons-material/GroupsRounded';
import { Box, Chip, Link, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color, radius } from '../../design/theme/tokens.ts';
import type { GroupCard } from './api.ts';
import { TEXTS } from './texts.ts';
import { useDates } from './useDates.ts';

/** One group in the list; the whole row leads to its page. */
export function GroupRow({ group }: { readonly group: GroupCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const dates = useDates()(group);
  const Icon = group.kind === 'cohort' ? EventRounded : GroupsRounded;
  const facts = [
    t('members_count', { count: group.member_count, number: format.number(group.member_count) }),
    t('courses_count', { count: group.course_count, number: format.number(group.course_count) }),
    ...(dates === '' ? [] : [dates]),
  ];
  return (
    <Stack
      component="li"
      direction="row"
      sx={{
        position: 'relative',
        alignItems: 'center',
        gap: { xs: 1.5, sm: 2.5 },
        p: { xs: 2, sm: 2.5 },
        '&:hover': { background: color('sunken') },
      }}
    >
      <Box
        aria-hidden
        sx={{
          display: 'grid',
          placeItems: 'center',
          flexShrink: 0,
          width: 48,
          height: 48,
          borderRadius: radius('control'),
          background: color('primary-soft'),
          color: color('primary-ink'),
        }}
      >
        <Icon />
      </Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Stack direction="row" sx={{ alignItems: 'center', columnGap: 1.25, rowGap: 0.5, flexWrap: 'wrap' }}>
          <Typography variant="h4" component="h2" sx={{ overflowWrap: 'anywhere' }}>
            <Link
              href={`/admin/groups/${group.id}`}
              underline="hover"
              sx={{ color: 'inherit', '&::after': { content: '""', position: 'absolute', inset: 0 } }}
            >
              {group.name}
            </Link>
          </Typography>
          {group.kind === 'cohort' && <Chip size="small" color="primary" label={t('kind_cohort')} />}
        </Stack>
        {group.description !== '' && (
          <Typography noWrap sx={{ color: color('muted') }}>
            {group.description}
          </Typography>
        )}
        <Typography variant="body2" sx={{ mt: 0.5, color: color('muted') }}>
          {facts.join(' · ')}
        </Typography>
      </Box>
    </Stack>
  );
}
