import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from './money.ts';

interface SumsProps {
  readonly of: {
    readonly currency: string | null;
    readonly exponent: number;
    readonly subtotal: number;
    readonly discount: number;
    readonly tax: number;
    readonly total: number;
    readonly tax_inclusive: boolean;
  };
}

/** What an order comes to: before the discount, the discount, the tax, the total. */
export function Sums({ of }: SumsProps): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  const rows = [
    ['subtotal', of.subtotal, of.discount !== 0 || (of.tax !== 0 && !of.tax_inclusive)],
    ['discount', -of.discount, of.discount !== 0],
    [of.tax_inclusive ? 'tax_in' : 'tax', of.tax, of.tax !== 0 && !of.tax_inclusive],
    ['total', of.total, true],
    ['tax_in', of.tax, of.tax !== 0 && of.tax_inclusive],
  ] as const;
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: '1fr auto', rowGap: 0.75, columnGap: 2 }}>
      {rows
        .filter(([, , shown]) => shown)
        .map(([key, amount]) => {
          const look = key === 'total' ? ({ variant: 'h4', sx: { m: 0, pt: 1, fontVariantNumeric: 'tabular-nums' } } as const) : ({ color: 'textSecondary', sx: { m: 0, fontVariantNumeric: 'tabular-nums' } } as const);
          return (
            <Box key={key} sx={{ display: 'contents' }}>
              <Typography component="dt" {...look}>
                {t(`sums.${key}`)}
              </Typography>
              <Typography component="dd" {...look} sx={{ ...look.sx, textAlign: 'right', whiteSpace: 'nowrap' }}>
                {money(amount, of)}
              </Typography>
            </Box>
          );
        })}
    </Box>
  );
}
