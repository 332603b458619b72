import { Box, Button, Skeleton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isApiProblem } from '../problem.ts';
import { PathIcon } from './PathIcon.tsx';

const WARNING_PATH = 'M12 3 1.5 21h21L12 3zm1 14h-2v-2h2v2zm0-4h-2V9h2v4z';

interface StateProps {
  readonly icon?: string;
  readonly title: string;
  readonly description?: ReactNode;
  readonly action?: ReactNode;
  readonly role?: 'alert' | 'status';
}

/** What is shown where there is nothing yet: why, and what to do next. */
export function EmptyState({ icon, title, description, action, role }: StateProps): ReactNode {
  return (
    <Stack role={role} spacing={1.5} sx={{ alignItems: 'center', textAlign: 'center', px: 3, py: { xs: 5, md: 8 } }}>
      {icon && (
        <Box
          aria-hidden
          sx={{ display: 'grid', placeItems: 'center', width: 72, height: 72, borderRadius: 'var(--ql-radius-card)', background: 'var(--ql-color-primary-soft)' }}
        >
          <PathIcon path={icon} sx={{ fontSize: 36, color: 'var(--ql-color-primary-ink)' }} />
        </Box>
      )}
      <Typography variant="h3" component="p">
        {title}
      </Typography>
      {description && (
        <Typography color="textSecondary" sx={{ maxWidth: '48ch' }}>
          {description}
        </Typography>
      )}
      {action}
    </Stack>
  );
}

interface ErrorStateProps {
  /** What the query gave as `error`. */
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What is shown where data could not be fetched. */
export function ErrorState({ error, onRetry }: ErrorStateProps): ReactNode {
  const message = useProblemMessage();
  const { t } = useTranslation('sdk');
  const retry = onRetry && (
    <Button variant="outlined" onClick={onRetry}>
      {t('retry')}
    </Button>
  );
  return (
    <EmptyState role="alert" icon={WARNING_PATH} title={t('error_title')} description={message(error)} action={retry} />
  );
}

/** A function that says in the user's language what went wrong. */
export function useProblemMessage(): (error: unknown) => string {
  const { t, i18n } = useTranslation('sdk');
  return (error) => {
    if (!isApiProblem(error)) return t('problems.unknown');
    const key = `problems.${error.code}`;
    if (i18n.exists(key, { ns: 'sdk' })) return t(key);
    if (i18n.exists(key, { ns: 'host' })) return t(key, { ns: 'host' });
    return error.detail ?? (error.title === '' ? t('problems.unknown') : error.title);
  };
}

interface LoadingStateProps {
  /** How many grey lines stand for what is coming. */
  readonly lines?: number;
  readonly height?: number;
}

/** Grey shapes in place of what is being fetched. */
export function LoadingState({ lines = 3, height = 72 }: LoadingStateProps): ReactNode {
  const { t } = useTranslation('sdk');
  return (
    <Stack role="status" aria-label={t('loading')} aria-busy spacing={1.5}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} variant="rectangular" height={height} sx={{ borderRadius: 'var(--ql-radius-card)' }} />
      ))}
    </Stack>
  );
}
