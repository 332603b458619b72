import { Box, Tab, Tabs, ToggleButton, ToggleButtonGroup, useMediaQuery } from '@mui/material';
import { useColorScheme, useTheme } from '@mui/material/styles';
import { isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useMemo, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ThemeEditor, useSaveThemeMutation } from '../../api/console/index.ts';
import { type ThemeManifest } from '../../api/index.ts';
import type { Scheme } from '../../app/preview/protocol.ts';
import { replaceStyleSheet } from '../../design/theme/styleSheet.ts';
import { border, color, radius } from '../../design/theme/tokens.ts';
import { BrandPanel } from './BrandPanel.tsx';
import { ColorPanel } from './ColorPanel.tsx';
import { EditorContext } from './editorContext.ts';
import { begin, countChanges, draftOf, keep, recall, reduce, toSave } from './draft.ts';
import { Preview } from './Preview.tsx';
import { SaveBar } from './SaveBar.tsx';
import { PresetPanel } from './PresetPanel.tsx';
import { TokenPanel } from './TokenPanel.tsx';
import { useUndoKeys } from './useUndoKeys.ts';

const TABS = ['colors', 'type', 'shape', 'brand'] as const;
type PanelName = (typeof TABS)[number];

interface EditorProps {
  readonly editor: ThemeEditor;
  readonly themes: readonly ThemeManifest[];
  readonly onSaved: (editor: ThemeEditor) => void;
}

/** The theme's editor on one side, the site in it on the other; on a phone one at a time. */
export function Editor({ editor, themes, onSaved }: EditorProps): ReactNode {
  const { t } = useTranslation('theming');
  const wide = useMediaQuery(useTheme().breakpoints.up('lg'));
  const { mode, systemMode } = useColorScheme();
  const [scheme, setScheme] = useState<Scheme>((mode === 'system' ? systemMode : mode) === 'dark' ? 'dark' : 'light');
  const [panel, setPanel] = useState<PanelName>('colors');
  const [group, setGroup] = useState<string | null>('primary');
  const [view, setView] = useState<'edit' | 'preview'>('edit');
  const [previewed, setPreviewed] = useState(false);
  const [history, dispatch] = useReducer(reduce, editor, (first) => begin(draftOf(first), recall(first)));
  const { save, saving, problems, forget } = useSave(editor, history, onSaved);
  useEffect(() => keep(editor, history), [editor, history]);
  useUndoKeys(dispatch);
  const state = useMemo(
    () => ({ editor, themes, history, draft: history.draft, scheme, dispatch }),
    [editor, themes, history, scheme],
  );
  const editing = wide || view === 'edit';
  return (
    <EditorContext value={state}>
      {!wide && (
        <ToggleButtonGroup
          exclusive
          fullWidth
          value={view}
          aria-label={t('view')}
          onChange={(_event, value: 'edit' | 'preview' | null) => {
            if (value === null) return;
            setView(value);
            setPreviewed(true);
          }}
          sx={{ mb: 2 }}
        >
          <ToggleButton value="edit">{t('edit')}</ToggleButton>
          <ToggleButton value="preview">{t('preview')}</ToggleButton>
        </ToggleButtonGroup>
      )}
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(400px, 440px) minmax(0, 1fr)' }, gap: 3 }}>
        <Box
          sx={{
            display: editing ? 'flex' : 'none',
            flexDirection: 'column',
            minWidth: 0,
            ...(wide && { border: border(), borderRadius: radius('card'), background: color('surface'), overflow: 'clip' }),
          }}
        >
          <Box sx={{ px: { lg: 2.5 }, pt: { lg: 1 }, flex: 1 }}>
            <Tabs
              value={panel}
              variant="fullWidth"
              aria-label={t('panels')}
              onChange={(_event, value: PanelName) => setPanel(value)}
              sx={{ borderBottom: border() }}
            >
              {TABS.map((name) => (
                <Tab key={name} value={name} id={`theme-tab-${name}`} aria-controls="theme-panel" label={t(`panel_${name}`)} sx={{ minWidth: 0, px: 1 }} />
              ))}
            </Tabs>
            <Box role="tabpanel" id="theme-panel" aria-labelledby={`theme-tab-${panel}`}>
              {panel === 'colors' && (
                <>
                  <SchemeChoice scheme={scheme} onChange={setScheme} />
                  <ColorPanel open={group} onOpen={setGroup} />
                </>
              )}
              {panel === 'type' && <TokenPanel sections={['font.family', 'font.weight', 'font.tracking', 'font.reading']} />}
              {panel === 'shape' && (
                <>
                  <TokenPanel sections={['radius', 'border', 'motion.duration']} />
                  <PresetPanel />
                </>
              )}
              {panel === 'brand' && <BrandPanel />}
            </Box>
          </Box>
          <SaveBar
            saving={saving}
            problems={problems}
            onSave={() => void save()}
            onDiscard={() => {
              forget();
              dispatch({ type: 'discard' });
            }}
          />
        </Box>
        {(wide || previewed) && (
          <Box
            sx={{
              display: wide || view === 'preview' ? 'block' : 'none',
              position: { lg: 'sticky' },
              top: { lg: 84 },
              height: { xs: 'calc(100dvh - 260px)', lg: 'calc(100dvh - 108px)' },
              minHeight: 420,
            }}
          >
            {wide ? (
              <Preview />
            ) : (
              <>
                <SchemeChoice scheme={scheme} onChange={setScheme} />
                <Preview device="phone" />
              </>
            )}
          </Box>
        )}
      </Box>
    </EditorContext>
  );
}

function SchemeChoice({ scheme, onChange }: { readonly scheme: Scheme; readonly onChange: (scheme: Scheme) => void }): ReactNode {
  const { t } = useTranslation('theming');
  return (
    <ToggleButtonGroup
      exclusive
      fullWidth
      size="small"
      value={scheme}
      aria-label={t('scheme')}
      onChange={(_event, value: Scheme | null) => value !== null && onChange(value)}
      sx={{ my: 2 }}
    >
      <ToggleButton value="light">{t('scheme_light')}</ToggleButton>
      <ToggleButton value="dark">{t('scheme_dark')}</ToggleButton>
    </ToggleButtonGroup>
  );
}

function useSave(editor: ThemeEditor, history: ReturnType<typeof begin>, onSaved: EditorProps['onSaved']) {
  const { t } = useTranslation('theming');
  const notify = useNotify();
  const message = useProblemMessage();
  const [saveTheme, { isLoading: saving }] = useSaveThemeMutation();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const save = async (): Promise<void> => {
    if (countChanges(history) === 0) return;
    const { data, error } = await saveTheme(toSave(history.draft, editor));
    if (data !== undefined) {
      setProblems([]);
      keep(editor, begin(history.draft, null));
      await replaceStyleSheet(`${data.theme.id}-${String(data.version)}`);
      notify({ message: t('saved'), severity: 'success' });
      onSaved(data);
    } else if (isApiProblem(error) && error.errors.length > 0) {
      setProblems(error.errors.map(({ field, message: text }) => `${field.split('.')[0] ?? ''}: ${text}`));
    } else setProblems([message(error)]);
  };
  return { save, saving, problems, forget: () => setProblems([]) };
}
