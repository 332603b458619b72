import RestartAltRounded from '@mui/icons-material/RestartAltRounded';
import { Box, Button, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../api/console/index.ts';
import { color, weight } from '../../../design/theme/tokens.ts';
import { TEXTS } from '../texts.ts';
import { SchemaControl } from './SchemaControl.tsx';
import type { SchemaField } from './schema.ts';

interface SettingFieldProps {
  readonly field: SchemaField;
  readonly value: unknown;
  readonly inherited: unknown;
  /** Whether the value is set here and not inherited. */
  readonly own: boolean;
  readonly course: boolean;
  readonly source: Source;
  /** Titles of packs by id. */
  readonly packs: ReadonlyMap<string, string>;
  readonly filled: boolean;
  /** Where in the entries of a list secrets are stored. */
  readonly secrets: readonly string[];
  readonly problems: readonly { readonly at: string; readonly message: string }[];
  readonly onChange: (value: unknown) => void;
  readonly onReset: () => void;
}

function shortText(value: unknown): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** One setting: its control, where its value comes from, and the way back to what is inherited. */
export function SettingField(props: SettingFieldProps): ReactNode {
  const { field, value, inherited, own, course, source, packs, filled, secrets, problems, onChange, onReset } = props;
  const { t } = useTranslation(TEXTS);
  const pack = packs.get(source.pack ?? '') ?? source.pack ?? '';
  const origin = own ? t(course ? 'own_course' : 'own_site') : t(`from_${source.level}`, { pack });
  const before = field.kind === 'secret' ? undefined : shortText(inherited);
  const action = before === undefined ? t('reset') : t('reset_to', { value: before });
  return (
    <Box>
      <SchemaControl
        key={String(own)}
        field={field}
        value={value}
        problems={problems}
        filled={filled}
        secrets={secrets}
        onChange={onChange}
      />
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 1, minHeight: 36, ml: 0.5 }}>
        <Typography
          variant="body2"
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1,
            color: own ? color('primary-ink') : color('muted'),
            fontWeight: own ? weight('strong') : undefined,
            '&::before': {
              content: '""',
              width: 8,
              height: 8,
              borderRadius: '50%',
              flexShrink: 0,
              background: own ? color('primary') : 'transparent',
              border: `2px solid ${own ? color('primary') : color('edge')}`,
            },
          }}
        >
          {origin}
        </Typography>
        {own && (
          <Button
            size="small"
            startIcon={<RestartAltRounded />}
            aria-label={t('reset_named', { action, field: field.title })}
            onClick={onReset}
          >
            {action}
          </Button>
        )}
      </Stack>
    </Box>
  );
}
