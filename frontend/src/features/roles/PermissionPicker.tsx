import { Box, Checkbox, Chip, FormControlLabel, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/components/Panel.tsx';
import { color, font } from '../../design/theme/tokens.ts';
import { type PermissionInfo, useListPermissionsQuery } from './api.ts';
import { TEXTS } from './texts.ts';
import { usePermissionTitle } from './useRoleName.ts';

interface PermissionPickerProps {
  readonly chosen: ReadonlySet<string>;
  /** Left out where nothing can be changed. */
  readonly onChange?: (chosen: ReadonlySet<string>) => void;
  /** Only these are offered. */
  readonly among?: ReadonlySet<string>;
  readonly plain?: boolean;
}

/** Permissions in plain words, by who brings them. */
export function PermissionPicker({ chosen, onChange, among, plain = false }: PermissionPickerProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { data, error, refetch } = useListPermissionsQuery();
  if (error !== undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState lines={6} height={56} />;
  const offered = (each: PermissionInfo): boolean => among?.has(each.name) ?? (onChange !== undefined || chosen.has(each.name));
  const toggle = (names: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const name of names) {
      if (on) next.add(name);
      else next.delete(name);
    }
    onChange?.(next);
  };
  return (
    <Stack sx={{ gap: plain ? 2 : 2.5 }}>
      {data.groups.map(({ plugin, title, permissions }) => {
        const shown = permissions.filter(offered);
        if (shown.length === 0) return null;
        const free = shown.filter(({ name, mine }) => mine || chosen.has(name)).map(({ name }) => name);
        const count = shown.filter(({ name }) => chosen.has(name)).length;
        const content = (
          <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
            <Stack component="legend" direction="row" sx={{ width: '100%', p: 0, mb: 1, alignItems: 'center', gap: 1.5 }}>
              <Typography variant="h4" component="span" sx={{ flex: 1 }}>
                {title}
              </Typography>
              <Chip size="small" label={t('chosen', { count, total: shown.length })} />
            </Stack>
            {onChange !== undefined && free.length > 1 && (
              <FormControlLabel
                label={t('all_of', { title })}
                sx={{ mb: 0.5 }}
                control={
                  <Checkbox
                    checked={free.every((name) => chosen.has(name))}
                    indeterminate={count > 0 && !free.every((name) => chosen.has(name))}
                    onChange={(_event, on) => toggle(free, on)}
                  />
                }
              />
            )}
            <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: plain ? '1fr' : '1fr 1fr' }, columnGap: 3 }}>
              {shown.map((each) => (
                <PermissionChoice
                  key={each.name}
                  permission={each}
                  checked={chosen.has(each.name)}
                  {...(onChange === undefined ? {} : { onToggle: (on: boolean) => toggle([each.name], on) })}
                />
              ))}
            </Box>
          </fieldset>
        );
        return plain ? <Box key={plugin}>{content}</Box> : <Panel key={plugin}>{content}</Panel>;
      })}
    </Stack>
  );
}

interface PermissionChoiceProps {
  readonly permission: PermissionInfo;
  readonly checked: boolean;
  readonly onToggle?: (on: boolean) => void;
}

function PermissionChoice({ permission, checked, onToggle }: PermissionChoiceProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const title = usePermissionTitle();
  const locked = onToggle === undefined || (!permission.mine && !checked);
  const words = (
    <Box sx={{ py: 0.75, minWidth: 0 }}>
      <Typography sx={{ color: 'text.primary' }}>{title(permission.name, permission.title)}</Typography>
      <Typography variant="body2" sx={{ fontFamily: font('mono'), color: color('muted'), overflowWrap: 'anywhere' }}>
        {permission.name}
      </Typography>
      {onToggle !== undefined && locked && (
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {t('not_mine')}
        </Typography>
      )}
    </Box>
  );
  if (onToggle === undefined) return words;
  return (
    <FormControlLabel
      disabled={locked}
      sx={{ alignItems: 'flex-start', mr: 0 }}
      control={<Checkbox checked={checked} onChange={(_event, on) => onToggle(on)} />}
      label={words}
    />
  );
}
