import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import CheckRounded from '@mui/icons-material/CheckRounded';
import { Box, Button, Card, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader } from '@questline/ui-sdk';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { useListPermissionsQuery, useListRolesQuery } from './api.ts';
import { TEXTS } from './texts.ts';
import { usePermissionTitle, useRoleName } from './useRoleName.ts';

const FIRST = { position: 'sticky', insetInlineStart: 0, zIndex: 1, background: color('surface'), minWidth: { xs: 180, sm: 280 } } as const;

/** Every role beside every other: who may do what. */
export default function ComparePage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const name = useRoleName();
  const title = usePermissionTitle();
  const roles = useListRolesQuery();
  const permissions = useListPermissionsQuery();
  const error: unknown = roles.error ?? permissions.error;
  return (
    <Page title={t('compare')}>
      <Button href="/admin/roles" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('back')}
      </Button>
      <PageHeader title={t('compare')} description={t('compare_lead')} />
      {error !== undefined && <ErrorState error={error} onRetry={() => void roles.refetch()} />}
      {error === undefined && (roles.data === undefined || permissions.data === undefined) && <LoadingState lines={8} height={44} />}
      {roles.data !== undefined && permissions.data !== undefined && (
        <Card tabIndex={0} role="region" aria-label={t('compare')} sx={{ overflowX: 'auto' }}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell sx={FIRST}>{t('permission_column')}</TableCell>
                {roles.data.roles.map((role) => (
                  <TableCell key={role.slug} align="center" sx={{ whiteSpace: 'nowrap' }}>
                    {name(role.slug, role.name)}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {permissions.data.groups.map((group) => (
                <Fragment key={group.plugin}>
                  <TableRow>
                    <TableCell component="th" scope="colgroup" colSpan={(roles.data?.roles.length ?? 0) + 1} sx={{ background: color('sunken') }}>
                      <Typography variant="subtitle2" component="span">
                        {group.title}
                      </Typography>
                    </TableCell>
                  </TableRow>
                  {group.permissions.map((each) => (
                    <TableRow key={each.name}>
                      <TableCell component="th" scope="row" sx={FIRST}>
                        {title(each.name, each.title)}
                      </TableCell>
                      {roles.data?.roles.map((role) => (
                        <TableCell key={role.slug} align="center">
                          {role.permissions.includes(each.name) ? (
                            <CheckRounded titleAccess={t('holds')} sx={{ color: color('success-ink') }} />
                          ) : (
                            <Box component="span" sx={{ color: color('muted') }}>
                              <span aria-hidden>–</span>
                            </Box>
                          )}
                        </TableCell>
                      ))}
                    </TableRow>
                  ))}
                </Fragment>
              ))}
            </TableBody>
          </Table>
        </Card>
      )}
    </Page>
  );
}
