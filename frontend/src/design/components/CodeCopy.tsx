import CheckRounded from '@mui/icons-material/CheckRounded';
import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import { Button } from '@mui/material';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../theme/tokens.ts';

const THANKS_MILLISECONDS = 2000;

/** Copies the code or prompt it lies on. */
export function CodeCopy({ block }: { readonly block: HTMLElement }): ReactNode {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), THANKS_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(block.querySelector('pre')?.textContent ?? '');
    setCopied(true);
  };
  return (
    <Button
      size="small"
      className="ql-no-print"
      startIcon={copied ? <CheckRounded /> : <ContentCopyRounded />}
      onClick={() => void copy()}
      aria-live="polite"
      sx={{
        position: 'absolute',
        top: 8,
        insetInlineEnd: 8,
        background: color('code-background'),
        color: color('code-muted'),
        '&:hover': { background: color('code-background'), color: color('code-ink') },
        '&:focus-visible': { outlineColor: color('code-ink') },
      }}
    >
      {t(copied ? 'design.copied' : 'design.copy')}
    </Button>
  );
}
