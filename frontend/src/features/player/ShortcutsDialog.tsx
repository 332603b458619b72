import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color, font } from '../../design/theme/tokens.ts';

const KEYS = ['n', 'p', '?'] as const;
const TEXTS = { n: 'player.key_next', p: 'player.key_previous', '?': 'player.key_help' } as const;

/** The keys that work while a lesson is open. */
export default function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="xs">
      <DialogTitle id={id}>{t('player.shortcuts')}</DialogTitle>
      <DialogContent>
        <Box
          component="dl"
          sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: 1.5, alignItems: 'center', m: 0 }}
        >
          {KEYS.map((key) => (
            <Box key={key} sx={{ display: 'contents' }}>
              <Box
                component="dt"
                sx={{
                  minWidth: 38,
                  py: 0.5,
                  textAlign: 'center',
                  fontFamily: font('mono'),
                  border: border('card', 'edge'),
                  borderBottomWidth: 3,
                  borderRadius: '8px',
                  background: color('sunken'),
                }}
              >
                {key}
              </Box>
              <Typography component="dd" sx={{ m: 0 }}>
                {t(TEXTS[key])}
              </Typography>
            </Box>
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} variant="outlined">
          {t('player.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
