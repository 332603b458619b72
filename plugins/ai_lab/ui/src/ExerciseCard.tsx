import { Alert, Box, Card, Typography } from '@mui/material';
import { ErrorState, LoadingState, PathIcon, isApiProblem } from '@questline/ui-sdk';
import { type ReactNode, createContext, useContext, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from './look.ts';
import { useVisible } from './useVisible.ts';

const Language = createContext<string | undefined>(undefined);
const HTML = {
  overflowWrap: 'anywhere',
  textWrap: 'pretty',
  lineHeight: 1.6,
  '& p, & ul, & ol, & pre': { m: 0, mb: '0.7em' },
  '& > :last-child': { mb: 0 },
  '& a': { color: 'var(--ql-color-primary-ink)' },
} as const;

/** The language the course is written in, which may not be the user's. */
export function useContentLanguage(): string | undefined {
  return useContext(Language);
}

interface ExerciseCardProps {
  readonly kind: 'critique' | 'duel' | 'prompt';
  readonly icon: string;
  readonly title: string;
  /** What to do, as HTML that the server has sanitised. */
  readonly brief: string;
  /** Drawn, and its data fetched, when the exercise comes near the screen. */
  readonly children: () => ReactNode;
}

/** The frame of an exercise in a lesson. */
export function ExerciseCard({ kind, icon, title, brief, children }: ExerciseCardProps): ReactNode {
  const { t, i18n } = useTranslation('ai_lab');
  const heading = useId();
  const root = useRef<HTMLDivElement>(null);
  const visible = useVisible(root);
  const [language, setLanguage] = useState<string>();
  useLayoutEffect(() => {
    setLanguage(root.current?.parentElement?.closest<HTMLElement>('[lang]')?.lang);
  }, []);
  return (
    <Language value={language}>
      <Card ref={root} component="section" lang={i18n.language} aria-labelledby={heading} sx={{ p: { xs: 2, sm: 3.5 }, fontSize: '1rem', overflow: 'visible' }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 2 }}>
          <Box aria-hidden sx={{ display: 'grid', placeItems: 'center', width: 44, height: 44, flexShrink: 0, borderRadius: 'var(--ql-radius-control)', color: color('primary-ink'), background: color('primary-soft') }}>
            <PathIcon path={icon} />
          </Box>
          <Box sx={{ minWidth: 0 }}>
            <Typography variant="overline" component="p" color="textSecondary" sx={{ lineHeight: 1.4 }}>
              {t(`kind.${kind}`)}
            </Typography>
            <Typography variant="h4" component="h2" id={heading} lang={language}>
              {title}
            </Typography>
          </Box>
        </Box>
        {/* oxlint-disable-next-line react/no-danger -- sanitised by the server when the course was imported */}
        <Box lang={language} dangerouslySetInnerHTML={{ __html: brief }} sx={[HTML, { mb: 2.5 }]} />
        {visible ? children() : <LoadingState lines={2} height={56} />}
      </Card>
    </Language>
  );
}

interface LoadedProps<Data> {
  readonly query: { readonly data?: Data; readonly error?: unknown; readonly refetch: () => unknown };
  readonly children: (data: Data) => ReactNode;
}

/** What an exercise shows once its answers are there. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>): ReactNode {
  const { t } = useTranslation('ai_lab');
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error === undefined) return <LoadingState lines={2} height={56} />;
  if (isApiProblem(error) && error.code === 'not_enrolled') return <Alert severity="info">{t('problems.not_enrolled')}</Alert>;
  return <ErrorState error={error} onRetry={() => void refetch()} />;
}
