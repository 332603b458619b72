import { Box, Chip, Link, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import type { RoleCard } from './api.ts';
import { TEXTS } from './texts.ts';
import { useRoleName } from './useRoleName.ts';

/** One role in the list; the whole row leads to its page. */
export function RoleRow({ role }: { readonly role: RoleCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const name = useRoleName();
  const description = role.built_in ? t(`builtin_lead.${role.slug}`) : role.description;
  return (
    <Stack
      component="li"
      direction="row"
      sx={{
        position: 'relative',
        alignItems: 'center',
        flexWrap: 'wrap',
        columnGap: 2.5,
        rowGap: 1,
        px: { xs: 2, sm: 2.5 },
        py: 2,
        '&:hover': { background: color('sunken') },
      }}
    >
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Typography variant="h4" component="h3" sx={{ overflowWrap: 'anywhere' }}>
          <Link
            href={`/admin/roles/${role.slug}`}
            underline="hover"
            sx={{ color: 'inherit', '&::after': { content: '""', position: 'absolute', inset: 0 } }}
          >
            {name(role.slug, role.name)}
          </Link>
        </Typography>
        {description !== '' && <Typography sx={{ color: color('muted') }}>{description}</Typography>}
      </Box>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        <Chip size="small" label={t('permissions_count', { count: role.permissions.length })} />
        <Chip
          size="small"
          color={role.holders > 0 ? 'primary' : 'default'}
          label={t('holders_count', { count: role.holders, number: format.number(role.holders) })}
        />
      </Stack>
    </Stack>
  );
}
