import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from './api.ts';
import { Face } from './Face.tsx';
import { PlaceName } from './PlaceName.tsx';
import { useFlip } from './useFlip.ts';

const hidden = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' } as const;

interface PlaceTableProps {
  readonly places: readonly Place[];
  readonly caption: string;
}

/** Places in a table whose rows glide when the order changes. */
export function PlaceTable({ places, caption }: PlaceTableProps): ReactNode {
  const { t } = useTranslation('leaderboards');
  const format = useFormat();
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = places.map((place) => place.user_id ?? place.name);
  useFlip(body);
  return (
    <Table sx={{ tableLayout: 'fixed', '& td, & th': { borderColor: 'var(--ql-color-line)', px: { xs: 1, sm: 2 } }, '& tbody tr:last-of-type td': { borderBottom: 0 } }}>
      <Box component="caption" sx={hidden}>
        {caption}
      </Box>
      <TableHead>
        <TableRow>
          <TableCell sx={{ width: { xs: 56, sm: 84 } }}>{t('rank')}</TableCell>
          <TableCell>{t('learner')}</TableCell>
          <TableCell align="right" sx={{ width: { xs: 92, sm: 120 } }}>
            {t('points_column')}
          </TableCell>
        </TableRow>
      </TableHead>
      <TableBody ref={body}>
        {places.map((place, index) => (
          <TableRow
            key={keys[index]}
            data-flip={keys[index]}
            aria-current={place.is_me ? 'true' : undefined}
            sx={place.is_me ? { background: 'var(--ql-color-primary-soft)' } : {}}
          >
            <TableCell sx={{ fontFamily: 'var(--ql-font-family-display)', fontWeight: 'var(--ql-font-weight-heading)', fontVariantNumeric: 'tabular-nums', fontSize: '1.0625rem' }}>
              {format.number(place.rank)}
            </TableCell>
            <TableCell>
              <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minWidth: 0 }}>
                <Face place={place} size={36} />
                <PlaceName place={place} />
              </Box>
            </TableCell>
            <TableCell align="right" sx={{ fontVariantNumeric: 'tabular-nums', fontWeight: 'var(--ql-font-weight-strong)' }}>
              {format.number(place.points)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
