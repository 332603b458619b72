import { ErrorState, LoadingState, type User, useNotify, useRootDispatch } from '@questline/ui-sdk';
import { sessionSlice } from '@questline/ui-sdk/host';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AvatarField } from '../people/AvatarField.tsx';
import { useChangeProfileMutation, useGetProfileQuery } from '../people/api.ts';
import { type ProfileDraft, ProfileFields } from '../people/ProfileFields.tsx';

/** Changes one's own picture, names, language, time zone, and what plugins ask for. */
export function ProfileForm({ user }: { readonly user: User }): ReactNode {
  const { t } = useTranslation();
  const dispatch = useRootDispatch();
  const notify = useNotify();
  const { data, error, refetch } = useGetProfileQuery();
  const [change, { isLoading, error: refused }] = useChangeProfileMutation();
  const save = async (draft: ProfileDraft): Promise<void> => {
    const answer = await change({ ...draft, fields: { ...draft.fields } });
    if (answer.data === undefined) return;
    const { display_name, locale, time_zone } = answer.data;
    dispatch(sessionSlice.actions.signedIn({ ...user, display_name, locale, time_zone }));
    notify({ message: t('profile.saved'), severity: 'success' });
  };
  if (data === undefined) {
    return error === undefined ? <LoadingState lines={4} height={64} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <AvatarField
        profile={data}
        onChanged={(url) => dispatch(sessionSlice.actions.signedIn({ ...user, avatar_url: url }))}
      />
      <ProfileFields profile={data} busy={isLoading} error={refused} onSave={(draft) => void save(draft)} />
    </>
  );
}
