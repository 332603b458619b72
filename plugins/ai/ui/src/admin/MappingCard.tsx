import ArrowUpwardRounded from '@mui/icons-material/ArrowUpwardRounded';
import CloseRounded from '@mui/icons-material/CloseRounded';
import { Alert, Box, Button, Card, IconButton, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useNotify, usePermission, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useAiGetSettingsQuery, useAiSaveMappingMutation } from './api.ts';
import { useTexts } from './texts.ts';
import type { AiMapped, AiProvider, ModelRef } from './types.ts';

const keyOf = ({ provider, model }: ModelRef): string => `${provider}/${model}`;

interface MappingCardProps {
  readonly mapped: AiMapped;
  readonly providers: readonly AiProvider[];
}

/** Who is asked for a capability, first to last, to be changed by who may. */
export function MappingCard({ mapped, providers }: MappingCardProps): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const may = usePermission('tenant.plugins.manage');
  const settings = useAiGetSettingsQuery(undefined, { skip: !may });
  const [save, { isLoading, error }] = useAiSaveMappingMutation();
  const [choices, setChoices] = useState(mapped.choices);
  const title = t(`admin.capability.${mapped.capability}`);
  const offered = providers.flatMap(({ name, title: of, models }) =>
    models.filter(({ capabilities }) => capabilities.includes(mapped.capability)).map((model) => ({ provider: name, model: model.name, label: `${of}: ${model.title}` })),
  );
  const nameOf = (ref: ModelRef): string => offered.find((each) => keyOf(each) === keyOf(ref))?.label ?? keyOf(ref);
  const free = offered.filter((each) => !choices.some((choice) => keyOf(choice) === keyOf(each)));
  const changed = JSON.stringify(choices) !== JSON.stringify(mapped.choices);
  const raise = (index: number): void => setChoices(choices.toSpliced(index, 1).toSpliced(index - 1, 0, ...choices.slice(index, index + 1)));
  const onSave = async (): Promise<void> => {
    if (settings.data === undefined) return;
    const answer = await save({ settings: settings.data, capability: mapped.capability, choices });
    if (answer.error === undefined) notify({ message: t('admin.saved', { name: title }), severity: 'success' });
  };
  return (
    <Card component="section" aria-label={title} sx={{ p: { xs: 2, sm: 2.5 }, display: 'grid', gap: 1.5, alignContent: 'start' }}>
      <Typography variant="h4" component="h3">
        {title}
      </Typography>
      {choices.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {mapped.effective.length === 0 ? t('admin.mapping.nobody') : t('admin.mapping.all', { names: mapped.effective.map(nameOf).join(', ') })}
        </Typography>
      )}
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', '&:empty': { display: 'none' } }}>
        {choices.map((choice, index) => (
          <Stack key={keyOf(choice)} component="li" direction="row" sx={{ alignItems: 'center', gap: 1 }}>
            <Typography sx={{ flex: 1, overflowWrap: 'anywhere' }}>
              {index + 1}. {nameOf(choice)}
            </Typography>
            {may && index > 0 && (
              <IconButton aria-label={t('admin.mapping.raise', { name: nameOf(choice) })} onClick={() => raise(index)}>
                <ArrowUpwardRounded />
              </IconButton>
            )}
            {may && (
              <IconButton aria-label={t('admin.mapping.drop', { name: nameOf(choice) })} onClick={() => setChoices(choices.toSpliced(index, 1))}>
                <CloseRounded />
              </IconButton>
            )}
          </Stack>
        ))}
      </Box>
      {may && free.length > 0 && (
        <TextField
          select
          size="small"
          label={t('admin.mapping.add')}
          value=""
          onChange={({ target }) => {
            const added = free.find((each) => keyOf(each) === target.value);
            if (added !== undefined) setChoices([...choices, { provider: added.provider, model: added.model }]);
          }}
        >
          {free.map((each) => (
            <MenuItem key={keyOf(each)} value={keyOf(each)}>
              {each.label}
            </MenuItem>
          ))}
        </TextField>
      )}
      {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
      {changed && (
        <Stack direction="row" sx={{ gap: 1, justifyContent: 'flex-end' }}>
          <Button variant="outlined" onClick={() => setChoices(mapped.choices)}>
            {t('admin.cancel')}
          </Button>
          <Button variant="contained" loading={isLoading} disabled={settings.data === undefined} onClick={() => void onSave()}>
            {t('admin.save')}
          </Button>
        </Stack>
      )}
    </Card>
  );
}
