import BlockRounded from '@mui/icons-material/BlockRounded';
import CheckCircleRounded from '@mui/icons-material/CheckCircleRounded';
import { Autocomplete, Box, Stack, TextField, Typography } from '@mui/material';
import { ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseName } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { Section } from '../../design/components/Section.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import { type Explanation, type Reason, useExplainAccessQuery, useListPermissionsQuery } from './api.ts';
import { CourseField } from './CourseField.tsx';
import { TEXTS } from './texts.ts';
import { usePermissionTitle, useRoleName } from './useRoleName.ts';

interface Asked {
  readonly name: string;
  readonly title: string;
  readonly group: string;
}

/** Asks why somebody may do something, and shows the answer. */
export function Explain({ userId }: { readonly userId: string }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const title = usePermissionTitle();
  const { data: catalogue } = useListPermissionsQuery();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [course, setCourse] = useState<CourseName | null>(null);
  const question = { userId, permission: asked?.name ?? '', ...(course === null ? {} : { courseId: course.id }) };
  const { currentData, error, refetch } = useExplainAccessQuery(question, { skip: asked === null });
  const options = (catalogue?.groups ?? []).flatMap((group) =>
    group.permissions.map((each): Asked => ({ name: each.name, title: title(each.name, each.title), group: group.title })),
  );
  return (
    <Panel>
      <Section title={t('explain')} size="card">
        <Typography sx={{ color: color('muted'), mb: 2 }}>{t('explain_lead')}</Typography>
        <Stack sx={{ gap: 2 }}>
          <Autocomplete
            options={options}
            value={asked}
            groupBy={({ group }) => group}
            getOptionLabel={(option) => option.title}
            isOptionEqualToValue={(one, other) => one.name === other.name}
            noOptionsText={t('no_permission')}
            onChange={(_event, value) => setAsked(value)}
            renderInput={(props) => <TextField {...props} label={t('permission_label')} />}
          />
          <CourseField label={t('course_optional')} helperText={t('course_hint')} course={course} onChange={setCourse} />
          <Box aria-live="polite">
            {asked !== null && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
            {asked !== null && error === undefined && currentData === undefined && <LoadingState lines={2} height={64} />}
            {asked !== null && currentData !== undefined && <Answer said={currentData} />}
          </Box>
        </Stack>
      </Section>
    </Panel>
  );
}

function Answer({ said }: { readonly said: Explanation }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const name = useRoleName();
  const where = said.scope.kind === 'course' ? t('verdict_in', { name: said.scope.name }) : '';
  const Icon = said.allowed ? CheckCircleRounded : BlockRounded;
  return (
    <>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, mt: 1 }}>
        <Icon aria-hidden sx={{ color: color(said.allowed ? 'success-ink' : 'danger-ink') }} />
        <Typography variant="h4" component="p">
          {t(said.allowed ? 'may' : 'may_not', { name: said.user.name, where })}
        </Typography>
      </Stack>
      {said.obstacles.map((each) => (
        <Typography key={each} sx={{ mt: 1 }}>
          {t(`obstacle_${each}`)}
        </Typography>
      ))}
      <Stack component="ul" sx={{ m: 0, mt: 1.5, p: 0, listStyle: 'none', '& > li + li': { borderTop: border('rule') } }}>
        {said.reasons.map((reason) => (
          <Because key={reason.grant_id ?? 'own'} reason={reason} />
        ))}
      </Stack>
      {!said.allowed && said.held_by.length > 0 && (
        <Typography variant="body2" sx={{ mt: 1.5, color: color('muted') }}>
          {t('would_let', { roles: said.held_by.map((each) => name(each.slug, each.name)).join(', ') })}
        </Typography>
      )}
    </>
  );
}

function Because({ reason }: { readonly reason: Reason }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const name = useRoleName();
  const where = reason.scope.kind === 'tenant' ? t('where_tenant') : t(`in_${reason.scope.kind}`, { name: reason.scope.name });
  const date = reason.given_at === null ? '' : format.date(reason.given_at);
  const since = reason.given_by === null ? t('since', { date }) : t('since_by', { date, name: reason.given_by.name });
  return (
    <Box component="li" sx={{ py: 1.25 }}>
      <Typography sx={{ fontWeight: 600 }}>
        {t(reason.grant_id === null ? 'by_own_role' : 'by_grant', { role: name(reason.role, reason.role_name) })}
      </Typography>
      <Typography variant="body2" sx={{ color: color('muted') }}>
        {[where, ...(date === '' ? [] : [since]), t(`source_${reason.source}`, { pack: reason.pack })].join(' · ')}
      </Typography>
      {!reason.covers && <Typography variant="body2">{t('not_here')}</Typography>}
    </Box>
  );
}
