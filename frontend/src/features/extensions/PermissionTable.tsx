import { Box, Chip, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color, font, weight } from '../../design/theme/tokens.ts';
import { TEXTS } from './texts.ts';

interface PermissionTableProps {
  readonly permissions: readonly {
    readonly name: string;
    readonly title: string;
    readonly roles: readonly string[];
  }[];
}

const ROLES = ['owner', 'admin', 'author', 'instructor', 'learner', 'guest'] as const;

/** Permissions with the roles that hold them. */
export function PermissionTable({ permissions }: PermissionTableProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border(), mt: 2, pt: 2 } }}>
      {permissions.map(({ name, title, roles }) => (
        <li key={name}>
          <Typography sx={{ fontWeight: weight('strong') }}>{title}</Typography>
          <Typography
            variant="body2"
            sx={{ fontFamily: font('mono'), color: color('muted'), overflowWrap: 'anywhere' }}
          >
            {name}
          </Typography>
          <Stack
            component="ul"
            direction="row"
            sx={{ flexWrap: 'wrap', gap: 0.75, m: 0, mt: 1, p: 0, listStyle: 'none' }}
          >
            {ROLES.filter((role) => roles.includes(role)).map((role) => (
              <Chip key={role} component="li" size="small" label={t(`role_${role}`)} />
            ))}
          </Stack>
        </li>
      ))}
    </Box>
  );
}
