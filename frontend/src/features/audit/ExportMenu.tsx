import DownloadRounded from '@mui/icons-material/DownloadRounded';
import { Button, Menu, MenuItem } from '@mui/material';
import { authorizedFetch, useNotify } from '@questline/ui-sdk';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TEXTS } from './texts.ts';

const FORMATS = ['csv', 'jsonl', 'cef'] as const;

function dateToday(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Saves what the filter finds as a file; the server notes that it did. */
export function ExportMenu({
  query,
}: {
  readonly query: URLSearchParams;
}): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (format: string): Promise<void> => {
    setOpen(false);
    setBusy(true);
    try {
      const answer = await authorizedFetch(
        `/api/v1/audit/export?${query.toString()}&format=${format}`,
      );
      if (!answer.ok) throw new Error(answer.statusText);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await answer.blob());
      link.download = `audit-${dateToday()}.${format}`;
      link.click();
      URL.revokeObjectURL(link.href);
      notify({ message: t('exported'), severity: 'success' });
    } catch {
      notify({ message: t('export_failed'), severity: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        ref={button}
        variant="outlined"
        loading={busy}
        loadingPosition="start"
        startIcon={<DownloadRounded />}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        {t('export')}
      </Button>
      <Menu
        open={open}
        anchorEl={() => button.current}
        onClose={() => setOpen(false)}
      >
        {FORMATS.map((format) => (
          <MenuItem key={format} onClick={() => void save(format)}>
            {t(`export_${format}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
