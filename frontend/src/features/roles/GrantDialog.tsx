import { MenuItem, TextField } from '@mui/material';
import { isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseName } from '../../api/index.ts';
import { type Choice, PeopleField } from '../groups/PeopleField.tsx';
import { useWithProof } from '../security/ProofProvider.tsx';
import { type Subject, useGrantRoleMutation, useListGroupsQuery, useListRolesQuery } from './api.ts';
import { CourseField } from './CourseField.tsx';
import { TEXTS } from './texts.ts';
import { useRoleName } from './useRoleName.ts';

interface GrantDialogProps {
  /** Who gets the role; left out where people are to be chosen. */
  readonly subject?: Subject;
  readonly onClose: () => void;
}

/** Gives somebody a role: everywhere, in a course, or over a group. */
export function GrantDialog({ subject, onClose }: GrantDialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const name = useRoleName();
  const notify = useNotify();
  const message = useProblemMessage();
  const withProof = useWithProof();
  const { data: roles } = useListRolesQuery();
  const { data: groups } = useListGroupsQuery({ limit: 100 });
  const [grant, { isLoading, error }] = useGrantRoleMutation();
  const [people, setPeople] = useState<Choice[]>([]);
  const [role, setRole] = useState('');
  const [scope, setScope] = useState<'tenant' | 'course' | 'group'>('tenant');
  const [course, setCourse] = useState<CourseName | null>(null);
  const [group, setGroup] = useState('');
  const [missing, setMissing] = useState<string>();
  const save = async (): Promise<string | undefined> => {
    const lacks = [
      role === '' && 'role',
      scope === 'course' && course === null && 'course',
      scope === 'group' && group === '' && 'group',
      subject === undefined && people.length === 0 && 'people',
    ].find((each) => each !== false);
    setMissing(lacks === undefined ? undefined : t(`missing_${lacks}`));
    if (lacks !== undefined) return lacks;
    const place = scope === 'course' ? { course_id: course?.id ?? null } : scope === 'group' ? { group_id: group } : {};
    const whom =
      subject === undefined
        ? people.map(({ id }) => ({ user_id: id }))
        : [subject.kind === 'user' ? { user_id: subject.id } : { service_account_id: subject.id }];
    for (const each of whom) {
      const answer = await withProof(() => grant({ ...each, ...place, role }));
      if (answer.data === undefined) return undefined;
    }
    notify({ message: t('granted'), severity: 'success' });
    onClose();
    return undefined;
  };
  const asked = isApiProblem(error) && error.code === 'step_up_needed';
  const failed = error === undefined || asked ? undefined : message(error);
  return (
    <FormDialog
      title={subject === undefined ? t('grant') : t('grant_to', { name: subject.name })}
      busy={isLoading}
      problem={missing ?? failed}
      onSave={save}
      onClose={onClose}
    >
      {subject === undefined && <PeopleField chosen={people} onChoose={setPeople} />}
      <TextField select required name="role" label={t('role')} value={role} onChange={({ target }) => setRole(target.value)}>
        {(roles?.roles ?? [])
          .filter(({ slug }) => slug !== 'owner')
          .map((each) => (
            <MenuItem key={each.slug} value={each.slug}>
              {name(each.slug, each.name)}
            </MenuItem>
          ))}
      </TextField>
      <TextField
        select
        label={t('where')}
        value={scope}
        helperText={t(`where_${scope}_hint`)}
        onChange={({ target }) => setScope(target.value as typeof scope)}
      >
        {(['tenant', 'course', 'group'] as const).map((each) => (
          <MenuItem key={each} value={each}>
            {t(`where_${each}`)}
          </MenuItem>
        ))}
      </TextField>
      {scope === 'course' && <CourseField label={t('course')} course={course} onChange={setCourse} />}
      {scope === 'group' && (
        <TextField select required name="group" label={t('group')} value={group} onChange={({ target }) => setGroup(target.value)}>
          {(groups?.items ?? []).map((each) => (
            <MenuItem key={each.id} value={each.id}>
              {each.name}
            </MenuItem>
          ))}
        </TextField>
      )}
    </FormDialog>
  );
}
