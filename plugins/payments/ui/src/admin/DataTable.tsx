import { Card, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

interface DataTableProps {
  readonly title: string;
  /** The columns' headings; all but the first hold figures, at the right. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** A table of figures, which scrolls in itself where there is too little room. */
export function DataTable({ title, columns, rows }: DataTableProps): ReactNode {
  const id = useId();
  return (
    <Card>
      <Typography id={id} variant="h4" component="h2" sx={{ p: { xs: 2, sm: 3 }, pb: { xs: 1, sm: 1 } }}>
        {title}
      </Typography>
      <TableContainer tabIndex={0} role="region" aria-labelledby={id} sx={{ pb: 1 }}>
        <Table size="small" aria-labelledby={id}>
          <TableHead>
            <TableRow>
              {columns.map((column, place) => (
                <TableCell key={column} align={place === 0 ? 'left' : 'right'} sx={{ px: { xs: 2, sm: 3 } }}>
                  {column}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ key, cells }) => (
              <TableRow key={key}>
                {cells.map((cell, place) => (
                  <TableCell
                    key={columns[place]}
                    {...(place === 0 ? { component: 'th', scope: 'row' } : { align: 'right' })}
                    sx={{ px: { xs: 2, sm: 3 }, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
                  >
                    {cell}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Card>
  );
}
