import { Alert, Button } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeginProofElsewhereMutation, useListIdentitiesQuery } from '../../api/account/index.ts';
import { ProviderIcon } from './ProviderIcon.tsx';
import { leaveFor, surroundings } from './goingAway.ts';
import './texts.ts';
import { useProblemText } from './useProblemText.ts';

/** Lets who has no password here prove who they are at a provider, by signing in there once more. */
export default function ProveElsewhere(): ReactNode {
  const { t, i18n } = useTranslation();
  const text = useProblemText();
  const { data } = useListIdentitiesQuery();
  const [begin, { isLoading, error }] = useBeginProofElsewhereMutation();
  const leave = async (provider: string): Promise<void> => {
    const answer = await begin({ provider, beginSignIn: surroundings(i18n.language) });
    if (answer.data !== undefined) leaveFor(answer.data.url, '/security');
  };
  return (
    <>
      {error !== undefined && <Alert severity="error">{text(error)}</Alert>}
      {data?.accounts.map(({ id, provider, label, icon }) => (
        <Button
          key={id}
          variant="outlined"
          startIcon={<ProviderIcon path={icon} />}
          disabled={label === null || isLoading}
          onClick={() => void leave(provider)}
        >
          {t('elsewhere:prove_with', { label: label ?? provider })}
        </Button>
      ))}
    </>
  );
}
