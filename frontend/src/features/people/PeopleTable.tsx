import { Avatar, Box, Card, Chip, Link, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListUsersApiResponse } from '../../api/console/index.ts';
import { color } from '../../design/theme/tokens.ts';
import { initials } from '../shell/initials.ts';
import { TEXTS } from './texts.ts';

/** Somebody as the list of people shows them. */
export type Person = ListUsersApiResponse['items'][number];

const wide = { display: { xs: 'none', md: 'table-cell' } } as const;
const medium = { display: { xs: 'none', sm: 'table-cell' } } as const;

/** Somebody's role, and that they are suspended where they are. */
export function Standing({ role, status }: { readonly role: string; readonly status: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack direction="row" sx={{ gap: 0.75, flexWrap: 'wrap' }}>
      <Chip size="small" color={role === 'learner' ? 'default' : 'primary'} label={t(`profile.role_${role}`)} />
      {status === 'suspended' && (
        <Chip size="small" color="warning" variant="outlined" label={t(`${TEXTS}:state_suspended`)} />
      )}
    </Stack>
  );
}

function Row({ person }: { readonly person: Person }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  return (
    <TableRow
      sx={{ position: 'relative', '&:hover': { background: color('sunken') }, '&:last-child td, &:last-child th': { borderBottom: 0 } }}
    >
      <TableCell component="th" scope="row">
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, minWidth: 0 }}>
          <Avatar
            src={person.avatar_url ?? undefined}
            alt=""
            sx={{ width: 40, height: 40, opacity: person.status === 'suspended' ? 0.55 : 1 }}
          >
            {initials(person.display_name)}
          </Avatar>
          <Box sx={{ minWidth: 0 }}>
            <Typography variant="subtitle2" noWrap>
              <Link
                href={`/admin/users/${person.id}`}
                underline="hover"
                sx={{ color: 'inherit', '&::after': { content: '""', position: 'absolute', inset: 0 } }}
              >
                {person.display_name}
              </Link>
            </Typography>
            <Typography variant="body2" noWrap sx={{ color: color('muted') }}>
              {person.email}
            </Typography>
            <Box sx={{ display: { sm: 'none' }, mt: 0.75 }}>
              <Standing role={person.role} status={person.status} />
            </Box>
          </Box>
        </Stack>
      </TableCell>
      <TableCell sx={medium}>
        <Standing role={person.role} status={person.status} />
      </TableCell>
      <TableCell sx={wide}>{person.last_seen_at === null ? t('never') : format.relative(person.last_seen_at)}</TableCell>
      <TableCell sx={wide}>{format.date(person.created_at)}</TableCell>
    </TableRow>
  );
}

/** A page of the list of people; each row leads to a person's page. */
export function PeopleTable({ people }: { readonly people: readonly Person[] }): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Card>
      <Table sx={{ tableLayout: 'fixed' }}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ width: { xs: '100%', sm: '62%', md: '44%' } }}>{t('column_name')}</TableCell>
            <TableCell sx={medium}>{t('column_role')}</TableCell>
            <TableCell sx={wide}>{t('column_seen')}</TableCell>
            <TableCell sx={wide}>{t('column_since')}</TableCell>
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
