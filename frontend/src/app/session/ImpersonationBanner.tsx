import { Alert, Button } from '@mui/material';
import { type User, authorizedFetch, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Impersonation, setImpersonation } from './impersonation.ts';
import { closeSession, openSession } from './session.ts';
import type { SessionAnswer } from './tokens.ts';

interface BannerProps {
  readonly user: User;
  readonly impersonation: Impersonation;
}

async function goBack(): Promise<void> {
  const answer = await authorizedFetch('/api/v1/auth/impersonation/end', { method: 'POST' });
  if (answer.ok) await openSession((await answer.json()) as SessionAnswer);
  else await closeSession();
  setImpersonation(null);
  globalThis.location.assign(answer.ok ? '/admin/users' : '/log-in');
}

/** Says on every page that somebody acts for the user, and leads back. */
export default function ImpersonationBanner({ user, impersonation }: BannerProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [leaving, setLeaving] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const root = document.documentElement.style;
    // What else stays at the top keeps below this line.
    const observer = new ResizeObserver(() => root.setProperty('--ql-banner', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.removeProperty('--ql-banner');
    };
  }, []);
  const until = format.date(impersonation.until, { timeStyle: 'short' });
  return (
    <Alert
      ref={bar}
      severity="warning"
      variant="filled"
      role="status"
      className="ql-no-print"
      sx={{ position: 'sticky', top: 0, zIndex: 'tooltip', borderRadius: 0, alignItems: 'center', py: 0.25 }}
      action={
        <Button
          color="inherit"
          variant="outlined"
          size="small"
          loading={leaving}
          onClick={() => {
            setLeaving(true);
            void goBack().catch(() => setLeaving(false));
          }}
        >
          {t('app.impersonation_end')}
        </Button>
      }
    >
      {t('app.impersonation', { by: impersonation.by, name: user.display_name, until })}
    </Alert>
  );
}
