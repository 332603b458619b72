import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentCard } from './api.ts';
import { TEXTS } from './texts.ts';

/** Opens the whole of a document. */
export function ConsentText({ document }: { readonly document: ConsentCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} sx={{ alignSelf: 'flex-start', ml: -1 }}>
        {t('read', { title: document.title })}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} aria-labelledby={id} maxWidth="md" fullWidth>
        <DialogTitle id={id}>{document.title}</DialogTitle>
        <DialogContent dividers tabIndex={0}>
          {/* The server renders Markdown and lets through only what is safe to show. */}
          <Box lang={document.language} dangerouslySetInnerHTML={{ __html: document.body_html }} />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{t('close')}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
