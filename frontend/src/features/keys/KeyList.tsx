import { Box, Button, Chip, Stack, Typography } from '@mui/material';
import { isApiProblem, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color, font } from '../../design/theme/tokens.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import type { ApiKeyCard } from '../roles/api.ts';
import { TEXTS } from '../roles/texts.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { KeyShown } from './KeyShown.tsx';

interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
}

interface KeyListProps {
  readonly keys: readonly ApiKeyCard[];
  readonly withOwner?: boolean;
  readonly rotate: (id: string) => PromiseLike<{ readonly data?: { readonly key: string }; readonly error?: unknown }>;
  readonly revoke: (id: string) => PromiseLike<Answer>;
  /** Whether a key may be replaced; a person's is for them alone to replace. */
  readonly rotates: (key: ApiKeyCard) => boolean;
}

type Doing = { readonly what: 'rotate' | 'revoke'; readonly key: ApiKeyCard };

/** API keys, to be replaced or ended. */
export function KeyList({ keys, withOwner = false, rotate, revoke, rotates }: KeyListProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const [doing, setDoing] = useState<Doing>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [shown, setShown] = useState<string>();
  const begin = (next: Doing | undefined): void => {
    setProblem(undefined);
    setDoing(next);
  };
  const confirm = async ({ what, key }: Doing): Promise<void> => {
    setBusy(true);
    if (what === 'rotate') {
      begin(undefined);
      const answer = await withProof(() => rotate(key.id));
      setBusy(false);
      if (answer.data !== undefined) setShown(answer.data.key);
      else if (answer.error !== undefined && !(isApiProblem(answer.error) && answer.error.code === 'step_up_needed')) {
        notify({ message: message(answer.error), severity: 'error' });
      }
      return;
    }
    const answer = await revoke(key.id);
    setBusy(false);
    setProblem(answer.error);
    if (answer.error !== undefined) return;
    notify({ message: t('key.revoked', { name: key.name }), severity: 'success' });
    begin(undefined);
  };
  return (
    <>
      <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border('rule') } }}>
        {keys.map((key) => (
          <KeyRow key={key.id} card={key} withOwner={withOwner} rotates={rotates(key)} onDo={(what) => begin({ what, key })} />
        ))}
      </Stack>
      {doing !== undefined && (
        <ConfirmDialog
          title={t(`key.${doing.what}_title`, { name: doing.key.name })}
          action={t(`key.${doing.what}`)}
          stops={doing.what === 'revoke'}
          busy={busy}
          problem={problem}
          onConfirm={() => void confirm(doing)}
          onClose={() => begin(undefined)}
        >
          <Typography>{t(`key.${doing.what}_text`)}</Typography>
        </ConfirmDialog>
      )}
      {shown !== undefined && <KeyShown text={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

interface KeyRowProps {
  readonly card: ApiKeyCard;
  readonly withOwner: boolean;
  readonly rotates: boolean;
  readonly onDo: (what: Doing['what']) => void;
}

function KeyRow({ card, withOwner, rotates, onDo }: KeyRowProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const live = card.state === 'active';
  const facts = [
    ...(withOwner ? [card.owner.name] : []),
    card.permissions === null ? t('key.may_all') : t('permissions_count', { count: card.permissions.length }),
    card.expires_at === null ? t('key.no_end') : t(live ? 'key.ends' : 'key.ended', { date: format.date(card.expires_at) }),
    card.last_used_at === null ? t('key.unused') : t('key.used', { when: format.relative(card.last_used_at) }),
  ];
  return (
    <Stack component="li" direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 2, rowGap: 1, py: 1.75 }}>
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 1, rowGap: 0.5 }}>
          <Typography variant="subtitle2" component="h3" sx={{ overflowWrap: 'anywhere' }}>
            {card.name}
          </Typography>
          {!live && <Chip size="small" label={t(`key.state_${card.state}`)} />}
          {live && card.rotated && <Chip size="small" color="warning" label={t('key.replaced')} />}
        </Stack>
        <Typography variant="body2" sx={{ fontFamily: font('mono'), overflowWrap: 'anywhere' }}>
          {card.prefix}…
        </Typography>
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {facts.join(' · ')}
        </Typography>
      </Box>
      {live && (
        <Stack direction="row" sx={{ gap: 1 }}>
          {rotates && !card.rotated && (
            <Button size="small" variant="outlined" aria-label={t('key.rotate_named', { name: card.name })} onClick={() => onDo('rotate')}>
              {t('key.rotate')}
            </Button>
          )}
          <Button size="small" variant="outlined" color="error" aria-label={t('key.revoke_named', { name: card.name })} onClick={() => onDo('revoke')}>
            {t('key.revoke')}
          </Button>
        </Stack>
      )}
    </Stack>
  );
}
