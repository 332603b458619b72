import AutoFixHighRounded from '@mui/icons-material/AutoFixHighRounded';
import ExpandMoreRounded from '@mui/icons-material/ExpandMoreRounded';
import { Accordion, AccordionDetails, AccordionSummary, Box, Button, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color } from '../../design/theme/tokens.ts';
import { ColorField } from './ColorField.tsx';
import { type Colors, deriveTone, findPoor } from './contrast.ts';
import { useEditor } from './editorContext.ts';
import { type ColorGroup, colorGroups } from './groups.ts';
import { ResetButton } from './ResetButton.tsx';
import { colorsOf } from './variables.ts';

interface ColorPanelProps {
  readonly open: string | null;
  readonly onOpen: (key: string | null) => void;
}

/** The colours of one scheme, by what they are for. */
export function ColorPanel({ open, onOpen }: ColorPanelProps): ReactNode {
  const { t } = useTranslation('theming');
  const { editor, draft, scheme } = useEditor();
  const colors = colorsOf(editor, draft, scheme);
  const start = `${scheme}.color.`;
  const changed = new Set(
    Object.keys(draft.tokens)
      .filter((path) => path.startsWith(start))
      .map((path) => path.slice(start.length)),
  );
  const poor = new Set(findPoor(colors, editor.pairs, changed).flatMap(({ pair }) => [pair.color, pair.ground]));
  return (
    <Box>
      {colorGroups(Object.keys(colors)).map((group) => {
        const count = group.names.filter((name) => changed.has(name)).length;
        const wrong = group.names.some((name) => changed.has(name) && poor.has(name));
        return (
          <Accordion
            key={group.key}
            disableGutters
            elevation={0}
            expanded={open === group.key}
            onChange={(_event, expanded) => onOpen(expanded ? group.key : null)}
            slotProps={{ transition: { unmountOnExit: true }, heading: { component: 'h2' } }}
            sx={{ background: 'transparent', borderBottom: border(), borderRadius: '0 !important', '&::before': { display: 'none' } }}
          >
            <AccordionSummary expandIcon={<ExpandMoreRounded />} sx={{ px: 0, minHeight: 56, '& .MuiAccordionSummary-content': { alignItems: 'center', gap: 1.5, minWidth: 0 } }}>
              <GroupSwatches group={group} colors={colors} />
              <Typography component="span" variant="subtitle2" sx={{ flex: 1, fontSize: '1rem' }}>
                {t(`group_${group.key}`)}
              </Typography>
              {count > 0 && (
                <Typography component="span" variant="caption" sx={{ mr: 1, color: color(wrong ? 'danger-ink' : 'muted') }}>
                  {t('changed', { count })}
                </Typography>
              )}
            </AccordionSummary>
            <AccordionDetails sx={{ px: 0, pt: 0, pb: 2 }}>
              <GroupFields group={group} colors={colors} changed={changed} />
            </AccordionDetails>
          </Accordion>
        );
      })}
    </Box>
  );
}

function GroupSwatches({ group, colors }: { readonly group: ColorGroup; readonly colors: Colors }): ReactNode {
  return (
    <Box aria-hidden sx={{ display: 'flex', flexShrink: 0, width: 68, height: 22, borderRadius: '6px', overflow: 'hidden', border: border('control', 'line') }}>
      {group.names.slice(0, 4).map((name) => (
        <Box key={name} sx={{ flex: 1 }} style={{ background: colors[name] }} />
      ))}
    </Box>
  );
}

interface GroupFieldsProps {
  readonly group: ColorGroup;
  readonly colors: Colors;
  readonly changed: ReadonlySet<string>;
}

function GroupFields({ group, colors, changed }: GroupFieldsProps): ReactNode {
  const { t } = useTranslation('theming');
  const { editor, scheme, dispatch } = useEditor();
  const path = (name: string): string => `${scheme}.color.${name}`;
  const title = t(`group_${group.key}`);
  const derive = (tone: string): void => {
    const values = Object.entries(deriveTone(tone, scheme, colors, editor.pairs));
    dispatch({ type: 'tokens', values: Object.fromEntries(values.map(([name, value]) => [path(name), value])) });
  };
  return (
    <>
      <Box component="ul" aria-label={title} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {group.names.map((name) => {
          const token = editor.tokens.find((each) => each.path === path(name));
          return token && <ColorField key={name} name={name} token={token} colors={colors} changed={changed} short={group.tone !== undefined} />;
        })}
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', mt: 1 }}>
        {group.tone === undefined ? (
          <span />
        ) : (
          <Button size="small" startIcon={<AutoFixHighRounded />} onClick={() => derive(group.tone ?? '')} sx={{ ml: -1.75 }}>
            {t('derive', { name: title })}
          </Button>
        )}
        <ResetButton paths={group.names.map(path)} label={title} />
      </Box>
    </>
  );
}
