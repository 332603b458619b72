import PhotoCameraRounded from '@mui/icons-material/PhotoCameraRounded';
import { Button, Stack, Typography } from '@mui/material';
import { fieldError, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ChangeEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { type Profile, useRemoveAvatarMutation, useSetAvatarMutation } from './api.ts';
import { base64, smallSquare } from './picture.ts';
import { TEXTS } from './texts.ts';

interface AvatarFieldProps {
  readonly profile: Profile;
  readonly onChanged: (url: string | null) => void;
}

/** One's own picture, to be chosen or taken away. */
export function AvatarField({ profile, onChanged }: AvatarFieldProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const input = useRef<HTMLInputElement>(null);
  const [setAvatar, { isLoading }] = useSetAvatarMutation();
  const [removeAvatar, { isLoading: removing }] = useRemoveAvatarMutation();
  const fail = (error: unknown): void =>
    notify({ message: fieldError(error, 'content') ?? message(error), severity: 'error' });
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    const answer = await setAvatar({ content: await base64(await smallSquare(file)) });
    if (answer.data === undefined) fail(answer.error);
    else onChanged(answer.data.avatar_url);
  };
  const remove = async (): Promise<void> => {
    const answer = await removeAvatar();
    if (answer.error === undefined) onChanged(null);
    else fail(answer.error);
  };
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 2.5, flexWrap: 'wrap', mb: 3 }}>
      <Stack sx={{ gap: 1, alignItems: 'flex-start', flex: '1 1 220px' }}>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
          <Button
            variant="outlined"
            startIcon={<PhotoCameraRounded />}
            loading={isLoading}
            onClick={() => input.current?.click()}
          >
            {t(profile.avatar_url === null ? 'choose_picture' : 'change_picture')}
          </Button>
          {profile.avatar_url !== null && (
            <Button color="error" loading={removing} onClick={() => void remove()}>
              {t('remove_picture')}
            </Button>
          )}
        </Stack>
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {t('picture_hint')}
        </Typography>
      </Stack>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={t('picture')}
        onChange={(event) => void choose(event)}
      />
    </Stack>
  );
}
