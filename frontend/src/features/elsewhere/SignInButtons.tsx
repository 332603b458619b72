import { Alert, Button, Divider, Stack } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useBeginSignInMutation } from '../../api/account/index.ts';
import type { SignInWith } from '../../api/index.ts';
import { nextPath } from '../../app/session/guards.ts';
import { ProviderIcon } from './ProviderIcon.tsx';
import { leaveFor, surroundings } from './goingAway.ts';
import './texts.ts';
import { useProblemText } from './useProblemText.ts';

interface SignInButtonsProps {
  readonly offered: readonly SignInWith[];
}

/** A button for each account elsewhere that people may log in with here. */
export default function SignInButtons({ offered }: SignInButtonsProps): ReactNode {
  const { t, i18n } = useTranslation();
  const text = useProblemText();
  const [search] = useSearchParams();
  const [begin, { error }] = useBeginSignInMutation();
  const [leaving, setLeaving] = useState<string | null>(null);
  const leave = async (provider: string): Promise<void> => {
    setLeaving(provider);
    const { data } = await begin({ provider, beginSignIn: surroundings(i18n.language) });
    if (data === undefined) setLeaving(null);
    else leaveFor(data.url, nextPath(search));
  };
  return (
    <Stack sx={{ gap: 1.5, mt: 2.5 }}>
      <Divider>{t('elsewhere:or')}</Divider>
      {error !== undefined && <Alert severity="error">{text(error)}</Alert>}
      {offered.map(({ provider, label, icon }) => (
        <Button
          key={provider}
          variant="outlined"
          size="large"
          startIcon={<ProviderIcon path={icon} />}
          loading={leaving === provider}
          disabled={leaving !== null && leaving !== provider}
          onClick={() => void leave(provider)}
        >
          {t('elsewhere:continue_with', { label })}
        </Button>
      ))}
    </Stack>
  );
}
