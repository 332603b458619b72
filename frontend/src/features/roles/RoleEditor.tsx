import { Alert, Box, Button, Stack, TextField } from '@mui/material';
import { fieldError, isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Panel } from '../../design/components/Panel.tsx';
import { border, color } from '../../design/theme/tokens.ts';
import { useWithProof } from '../security/ProofProvider.tsx';
import { type RoleCard, useChangeRoleMutation, useCreateRoleMutation, useListPermissionsQuery } from './api.ts';
import { PermissionPicker } from './PermissionPicker.tsx';
import { TEXTS } from './texts.ts';

interface RoleEditorProps {
  /** The role to change; without one a new role is made. */
  readonly role?: RoleCard;
  /** The role whose permissions a new one begins with. */
  readonly from?: RoleCard;
}

function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[\u0300-\u036f]/gu, '').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^[^a-z]+|-+$/gu, '').slice(0, 40);
}

/** Makes or changes a role of the site's own. */
export function RoleEditor({ role, from }: RoleEditorProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const message = useProblemMessage();
  const navigate = useNavigate();
  const withProof = useWithProof();
  const [create, creating] = useCreateRoleMutation();
  const [change, changing] = useChangeRoleMutation();
  const { data: catalogue } = useListPermissionsQuery();
  const [name, setName] = useState(role?.name ?? '');
  const [slug, setSlug] = useState<string>();
  const [description, setDescription] = useState(role?.description ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>();
  const mine = new Set(catalogue?.groups.flatMap(({ permissions }) => permissions.filter((each) => each.mine).map((each) => each.name)));
  const beginning = role?.permissions ?? from?.permissions.filter((each) => mine.has(each)) ?? [];
  const permissions = chosen ?? new Set(beginning);
  const problem: unknown = creating.error ?? changing.error;
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const fields = { name, description, permissions: [...permissions].toSorted() };
    const named = slug ?? slugOf(name);
    const answer = await withProof(() =>
      role === undefined ? create({ ...fields, slug: named }) : change({ slug: role.slug, changeRole: fields }),
    );
    if (answer.data === undefined) return;
    notify({ message: t('saved', { role: name }), severity: 'success' });
    if (role === undefined) void navigate(`/admin/roles/${answer.data.slug}`);
  };
  const asked = isApiProblem(problem) && problem.code === 'step_up_needed';
  return (
    <Stack component="form" noValidate onSubmit={(event) => void save(event)} sx={{ gap: 3 }}>
      <Panel>
        <Stack sx={{ gap: 2.5 }}>
          <TextField
            label={t('name')}
            value={name}
            required
            error={fieldError(problem, 'name') !== undefined}
            helperText={fieldError(problem, 'name')}
            onChange={({ target }) => setName(target.value)}
          />
          <TextField
            label={t('description')}
            value={description}
            multiline
            minRows={2}
            helperText={t('description_hint')}
            onChange={({ target }) => setDescription(target.value)}
          />
          {role === undefined && (
            <TextField
              label={t('slug')}
              value={slug ?? slugOf(name)}
              error={fieldError(problem, 'slug') !== undefined}
              helperText={fieldError(problem, 'slug') ?? t('slug_hint')}
              onChange={({ target }) => setSlug(target.value)}
            />
          )}
        </Stack>
      </Panel>
      <PermissionPicker chosen={permissions} onChange={setChosen} />
      <Box
        sx={{
          position: 'sticky',
          bottom: { xs: 'calc(64px + env(safe-area-inset-bottom))', md: 0 },
          zIndex: 1,
          py: 1.5,
          background: color('background'),
          borderTop: border(),
        }}
      >
        {problem !== undefined && !asked && (
          <Alert severity="error" sx={{ mb: 1.5 }}>
            {message(problem)}
          </Alert>
        )}
        <Button type="submit" variant="contained" loading={creating.isLoading || changing.isLoading} disabled={name.trim() === ''}>
          {t(role === undefined ? 'create' : 'save')}
        </Button>
      </Box>
    </Stack>
  );
}
