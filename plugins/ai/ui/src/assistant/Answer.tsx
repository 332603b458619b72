import { Alert, Box, Button, Chip, Skeleton, Typography } from '@mui/material';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Exchange, piecesOf } from './exchange.ts';
import { Rating } from './Rating.tsx';

interface AnswerProps {
  readonly exchange: Exchange;
  readonly onSource: (block: string) => void;
  readonly onRetry: () => void;
}

function Source({ number, block, onSource }: { readonly number: number; readonly block: string; readonly onSource: (block: string) => void }): ReactNode {
  const { t } = useTranslation('ai');
  return (
    <Box
      component="button"
      type="button"
      aria-label={t('assistant.go_to', { number })}
      title={t('assistant.go_to', { number })}
      onClick={() => onSource(block)}
      sx={{
        minWidth: 24,
        height: 24,
        mx: 0.5,
        px: 0.5,
        border: 0,
        borderRadius: 'var(--ql-radius-small)',
        font: 'inherit',
        fontSize: '0.8em',
        lineHeight: 1,
        cursor: 'pointer',
        color: 'var(--ql-color-primary-ink)',
        background: 'var(--ql-color-primary-soft)',
        '&:hover': { textDecoration: 'underline' },
        '&:focus-visible': { outline: '2px solid var(--ql-color-primary-ink)', outlineOffset: 2 },
      }}
    >
      {number}
    </Box>
  );
}

/** An answer as far as it has come, with its sources as buttons. */
export function Answer({ exchange, onSource, onRetry }: AnswerProps): ReactNode {
  const { t, i18n } = useTranslation('ai');
  const { status, code = 'broken', detail } = exchange;
  const known = i18n.exists(`problems.${code}`, { ns: 'ai' });
  return (
    <Box sx={{ display: 'grid', gap: 1, justifyItems: 'start' }}>
      {exchange.text !== '' && (
        <Typography component="div" sx={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere', lineHeight: 1.65 }}>
          {piecesOf(exchange).map((piece, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- pieces only ever follow one another
            <Fragment key={index}>
              {'text' in piece ? piece.text : <Source number={piece.number} block={piece.block} onSource={onSource} />}
            </Fragment>
          ))}
        </Typography>
      )}
      {status === 'writing' && (
        <Box aria-hidden sx={{ width: '100%' }}>
          <Skeleton width="90%" />
          {exchange.text === '' && <Skeleton width="60%" />}
        </Box>
      )}
      {status === 'outside' && <Typography>{t('assistant.outside')}</Typography>}
      {status === 'attempt' && <Typography>{t('assistant.attempt')}</Typography>}
      {status === 'stopped' && (
        <Typography variant="body2" color="textSecondary">
          {t('assistant.stopped')}
        </Typography>
      )}
      {status === 'failed' && (
        <Alert
          severity="warning"
          sx={{ width: '100%' }}
          action={
            <Button color="inherit" size="small" onClick={onRetry}>
              {t('assistant.retry')}
            </Button>
          }
        >
          {known || detail === undefined || detail === '' ? t(`problems.${known ? code : 'broken'}`) : detail}
        </Alert>
      )}
      {status === 'answered' && (
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          {exchange.sample === true && <Chip size="small" variant="outlined" label={t('assistant.sample')} />}
          {typeof exchange.callId === 'string' && <Rating callId={exchange.callId} />}
        </Box>
      )}
    </Box>
  );
}
