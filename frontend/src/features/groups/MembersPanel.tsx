import PersonAddRounded from '@mui/icons-material/PersonAddRounded';
import { Box, Button, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { Section } from '../../design/components/Section.tsx';
import { border } from '../../design/theme/tokens.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { AddPeople } from './AddPeople.tsx';
import {
  type GroupCard,
  type Member,
  useListGroupMembersQuery,
  useRemoveGroupMembersMutation,
  useSetGroupMemberMutation,
} from './api.ts';
import { MemberRow } from './MemberRow.tsx';
import { Pager } from './Pager.tsx';
import { SearchField } from './SearchField.tsx';
import { TEXTS } from './texts.ts';

/** Who belongs to a group: found, added, made managers, removed. */
export function MembersPanel({ group, manages }: { readonly group: GroupCard; readonly manages: boolean }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const [search, setSearch] = useState('');
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Member>();
  const cursor = trail.at(-1);
  const { data, error, refetch, isFetching } = useListGroupMembersQuery({
    groupId: group.id,
    ...(search === '' ? {} : { search }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  const [setMember] = useSetGroupMemberMutation();
  const [remove, removing] = useRemoveGroupMembersMutation();
  const find = useCallback((value: string) => {
    setSearch(value);
    setTrail([]);
  }, []);
  const setManager = async (member: Member, manager: boolean): Promise<void> => {
    const answer = await setMember({ groupId: group.id, userId: member.user_id, setMember: { manager } });
    if (answer.error !== undefined) notify({ message: message(answer.error), severity: 'error' });
  };
  const leave = async (member: Member): Promise<void> => {
    const answer = await remove({ groupId: group.id, people: { people: [member.user_id] } });
    if (answer.error !== undefined) return;
    notify({ message: t('removed', { name: member.display_name }), severity: 'success' });
    setLeaving(undefined);
    setTrail([]);
  };
  const add = manages && (
    <Button variant="contained" startIcon={<PersonAddRounded />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  const empty = data !== undefined && data.items.length === 0;
  return (
    <Panel>
      <Section title={t('members')} size="card" action={(group.member_count > 0 || !manages) && add}>
        {(group.member_count > 0 || search !== '') && (
          <Box role="search" sx={{ display: 'grid', mb: 1 }}>
            <SearchField label={t('search_members')} value={search} onSearch={find} />
          </Box>
        )}
        {data === undefined && error === undefined && <LoadingState lines={4} height={56} />}
        {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
        {empty && (
          <EmptyState
            role="status"
            title={t(search === '' ? 'no_members' : 'nobody_found')}
            description={t(search === '' ? 'no_members_detail' : 'nobody_found_detail')}
            action={search === '' ? add : undefined}
          />
        )}
        {data !== undefined && !empty && (
          <Box aria-busy={isFetching}>
            <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border('rule') } }}>
              {data.items.map((member) => (
                <MemberRow
                  key={member.user_id}
                  member={member}
                  manages={manages}
                  onManager={(manager) => void setManager(member, manager)}
                  onRemove={() => setLeaving(member)}
                />
              ))}
            </Stack>
            <Pager
              total={t('members_count', { count: data.total ?? 0, number: format.number(data.total ?? 0) })}
              trail={trail}
              next={data.next_cursor ?? null}
              onMove={setTrail}
            />
          </Box>
        )}
      </Section>
      {adding && <AddPeople group={group} onClose={() => setAdding(false)} />}
      {leaving !== undefined && (
        <ConfirmDialog
          title={t('remove_title', { name: leaving.display_name })}
          action={t('remove')}
          stops
          busy={removing.isLoading}
          problem={removing.error}
          onConfirm={() => void leave(leaving)}
          onClose={() => {
            removing.reset();
            setLeaving(undefined);
          }}
        >
          <Typography>{t('remove_text')}</Typography>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
