import { Card, type CardProps } from '@mui/material';
import type { ReactNode } from 'react';

/** A card with the room inside that a page's content needs. */
export function Panel({ sx, ...props }: CardProps): ReactNode {
  return <Card {...props} sx={[{ padding: { xs: 2.5, sm: 3 } }, ...(Array.isArray(sx) ? sx : [sx])]} />;
}
