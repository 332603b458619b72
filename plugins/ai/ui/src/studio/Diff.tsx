import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useTexts } from '../admin/texts.ts';
import type { Piece } from './types.ts';

const hidden = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' };
const LOOKS = {
  added: { background: 'var(--ql-color-success-soft)', color: 'var(--ql-color-ink)', textDecoration: 'none' },
  removed: { background: 'var(--ql-color-danger-soft)', color: 'var(--ql-color-ink)', textDecoration: 'line-through' },
};

/** Pieces with a key each: where they end, counted in characters. */
function keyed(pieces: readonly Piece[]): readonly (Piece & { readonly key: number })[] {
  let end = 0;
  return pieces.map((piece) => {
    end += piece.text.length;
    return { ...piece, key: end };
  });
}

/** What is suggested, with what it takes away and adds; a text that is new as a whole stands plainly. */
export function Diff({ pieces }: { readonly pieces: readonly Piece[] }): ReactNode {
  const t = useTexts();
  const isNew = pieces.every(({ op }) => op === 'added');
  return (
    <Box sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {keyed(pieces).map(({ op, text, key }) =>
        op === 'same' || isNew ? (
          <span key={key}>{text}</span>
        ) : (
          <Box key={key} component={op === 'added' ? 'ins' : 'del'} sx={{ ...LOOKS[op], borderRadius: '3px' }}>
            <Box component="span" sx={hidden}>
              {t(`admin.suggestions.${op}`)}
            </Box>
            {text}
          </Box>
        ),
      )}
    </Box>
  );
}
