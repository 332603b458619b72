import { MenuItem, TextField } from '@mui/material';
import { ErrorState, LoadingState, isApiProblem, useNotify } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type PluginDetails, type PluginSettingsForm, useGetPluginSettingsQuery, useListPacksQuery, useUpdatePluginSettingsMutation } from '../../../api/console/index.ts';
import { useListCatalogueQuery } from '../../../api/index.ts';
import { TEXTS } from '../texts.ts';
import { SettingsForm } from './SettingsForm.tsx';

const MOST_COURSES = 100;

/** The settings of a plugin for the whole site or for one course. */
export function SettingsPanel({ plugin }: { readonly plugin: PluginDetails }): ReactNode {
  const [params, setParams] = useSearchParams();
  const courseId = plugin.has_course_settings ? params.get('course') : null;
  const choose = (id: string): void =>
    setParams(id === '' ? {} : { course: id }, { replace: true, preventScrollReset: true });
  return (
    <>
      {plugin.has_course_settings && <ScopeChoice courseId={courseId ?? ''} onChoose={choose} />}
      <ScopedSettings key={courseId} pluginId={plugin.id} courseId={courseId} />
    </>
  );
}

interface ScopeChoiceProps {
  readonly courseId: string;
  readonly onChoose: (courseId: string) => void;
}

function ScopeChoice({ courseId, onChoose }: ScopeChoiceProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { data } = useListCatalogueQuery({ limit: MOST_COURSES });
  const courses = data?.items ?? [];
  const known = courseId === '' || courses.some((course) => course.id === courseId);
  return (
    <TextField
      select
      fullWidth
      label={t('scope')}
      value={known ? courseId : ''}
      helperText={courseId === '' ? undefined : t('scope_hint')}
      onChange={({ target }) => onChoose(target.value)}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      sx={{ mt: 0.75, mb: 3 }}
    >
      <MenuItem value="">{t('scope_site')}</MenuItem>
      {courses.map((course) => (
        <MenuItem key={course.id} value={course.id} sx={{ whiteSpace: 'normal' }}>
          {course.title}
        </MenuItem>
      ))}
    </TextField>
  );
}

interface ScopedSettingsProps {
  readonly pluginId: string;
  readonly courseId: string | null;
}

function ScopedSettings({ pluginId, courseId }: ScopedSettingsProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const scope = courseId === null ? { pluginId } : { pluginId, courseId };
  const { data: packs } = useListPacksQuery();
  const { currentData: form, error, refetch } = useGetPluginSettingsQuery(scope, { refetchOnMountOrArgChange: true });
  const [update, { isLoading, error: refused }] = useUpdatePluginSettingsMutation();
  // What was saved last, so that fetching again in the background throws away nothing that is being typed.
  const [saved, setSaved] = useState<{ readonly form: PluginSettingsForm; readonly times: number }>();
  const save = async (values: Record<string, unknown>): Promise<void> => {
    const answer = await update({ ...scope, body: values });
    if (answer.error !== undefined) return;
    setSaved({ form: answer.data, times: (saved?.times ?? 0) + 1 });
    notify({ message: t('settings_saved'), severity: 'success' });
  };
  if (form === undefined) {
    if (error === undefined || !isApiProblem(error)) return <LoadingState lines={2} height={56} />;
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return (
    <SettingsForm
      key={saved?.times ?? 0}
      form={saved?.form ?? form}
      packs={new Map(packs?.packs.map((pack) => [pack.id, pack.title]))}
      problem={refused}
      busy={isLoading}
      onSave={(values) => void save(values)}
    />
  );
}
