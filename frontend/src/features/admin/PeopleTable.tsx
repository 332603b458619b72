import {
  Avatar,
  Box,
  Card,
  Chip,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListUsersApiResponse } from '../../api/index.ts';
import { color } from '../../design/theme/tokens.ts';
import { initials } from '../shell/initials.ts';

/** Somebody as the list of people shows them. */
export type Person = ListUsersApiResponse['items'][number];

const wide = { display: { xs: 'none', md: 'table-cell' } } as const;
const medium = { display: { xs: 'none', sm: 'table-cell' } } as const;

function RoleChip({ role }: { readonly role: Person['role'] }): ReactNode {
  const { t } = useTranslation();
  return <Chip size="small" color={role === 'learner' ? 'default' : 'primary'} label={t(`profile.role_${role}`)} />;
}

function Row({ person }: { readonly person: Person }): ReactNode {
  const format = useFormat();
  return (
    <TableRow sx={{ '&:last-child td, &:last-child th': { borderBottom: 0 } }}>
      <TableCell component="th" scope="row">
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, minWidth: 0 }}>
          <Avatar src={person.avatar_url ?? undefined} alt="" sx={{ width: 40, height: 40 }}>
            {initials(person.display_name)}
          </Avatar>
          <Box sx={{ minWidth: 0 }}>
            <Typography variant="subtitle2" noWrap>
              {person.display_name}
            </Typography>
            <Typography variant="body2" noWrap sx={{ color: color('muted') }}>
              {person.email}
            </Typography>
            <Box sx={{ display: { sm: 'none' }, mt: 0.75 }}>
              <RoleChip role={person.role} />
            </Box>
          </Box>
        </Stack>
      </TableCell>
      <TableCell sx={medium}>
        <RoleChip role={person.role} />
      </TableCell>
      <TableCell sx={wide}>{format.date(person.created_at)}</TableCell>
    </TableRow>
  );
}

/** A page of the list of people. */
export function PeopleTable({ people }: { readonly people: readonly Person[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card>
      <Table sx={{ tableLayout: 'fixed' }}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ width: { xs: '100%', sm: '64%', md: '52%' } }}>{t('admin.column_name')}</TableCell>
            <TableCell sx={medium}>{t('admin.column_role')}</TableCell>
            <TableCell sx={wide}>{t('admin.column_since')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {people.map((person) => (
            <Row key={person.id} person={person} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
