import DesktopWindowsRounded from '@mui/icons-material/DesktopWindowsRounded';
import PhoneIphoneRounded from '@mui/icons-material/PhoneIphoneRounded';
import { Box, LinearProgress, Stack, Tab, Tabs, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewDraft } from '../../app/preview/protocol.ts';
import { border, color, radius } from '../../design/theme/tokens.ts';
import { useEditor } from './editorContext.ts';
import { usePages } from './usePages.ts';
import { usePreviewFrame } from './usePreviewFrame.ts';
import { fontsOf, variablesOf } from './variables.ts';

const WIDTHS = { desktop: 1100, phone: 390 } as const;
type Device = keyof typeof WIDTHS;

/** How wide an element is, kept up to date. */
function useSize(): { readonly box: React.RefObject<HTMLDivElement | null>; readonly width: number; readonly height: number } {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, ...size };
}

/** The draft as the frame takes it. */
function usePreviewDraft(): PreviewDraft {
  const { editor, themes, draft, scheme } = useEditor();
  return useMemo(
    () => ({
      type: 'questline.preview.draft',
      scheme,
      variables: variablesOf(editor, draft),
      fonts: fontsOf(editor, draft, themes),
      siteName: draft.siteName,
      logoUrl: draft.logoUrl ?? editor.theme.logo_url,
      strings: mergeStrings(editor.theme.strings ?? {}, draft.strings),
    }),
    [editor, themes, draft, scheme],
  );
}

function mergeStrings(theme: PreviewDraft['strings'], own: PreviewDraft['strings']): PreviewDraft['strings'] {
  const languages = [...new Set([...Object.keys(theme), ...Object.keys(own)])];
  const said = (language: string): Record<string, string> =>
    Object.fromEntries(Object.entries(own[language] ?? {}).filter(([, text]) => text.trim() !== ''));
  return Object.fromEntries(languages.map((language) => [language, { ...theme[language], ...said(language) }]));
}

/** Real pages of the site in the draft's look; nothing in them changes anything. */
export function Preview({ device: forced }: { readonly device?: Device }): ReactNode {
  const { t } = useTranslation('theming');
  const { scheme } = useEditor();
  const pages = usePages();
  const [page, setPage] = useState('dashboard');
  const [chosen, setDevice] = useState<Device>('desktop');
  const [first] = useState(`/?preview=${scheme}`);
  const { box, width, height } = useSize();
  const { frame, ready, open } = usePreviewFrame(usePreviewDraft());
  const device = forced ?? chosen;
  const wide = Math.max(WIDTHS[device], device === 'phone' ? Math.min(width, 480) : width);
  const scale = width === 0 ? 1 : Math.min(1, width / wide);
  return (
    <Stack
      component="section"
      aria-label={t('preview')}
      sx={{ height: '100%', border: border(), borderRadius: radius('card'), background: color('sunken'), overflow: 'hidden' }}
    >
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, px: 1.5, borderBottom: border(), background: color('surface') }}>
        <Tabs
          value={page}
          variant="scrollable"
          scrollButtons={false}
          aria-label={t('preview_pages')}
          onChange={(_event, value: string) => {
            setPage(value);
            open(pages.find(({ key }) => key === value)?.path ?? '/');
          }}
          sx={{ flex: 1, minWidth: 0 }}
        >
          {pages.map(({ key }) => (
            <Tab key={key} value={key} label={t(`page_${key}`)} sx={{ minWidth: 0, px: 1.5 }} />
          ))}
        </Tabs>
        {forced === undefined && (
          <ToggleButtonGroup
            exclusive
            size="small"
            value={device}
            aria-label={t('device')}
            onChange={(_event, value: Device | null) => value !== null && setDevice(value)}
          >
            <ToggleButton value="desktop" aria-label={t('device_desktop')} title={t('device_desktop')}>
              <DesktopWindowsRounded fontSize="small" />
            </ToggleButton>
            <ToggleButton value="phone" aria-label={t('device_phone')} title={t('device_phone')}>
              <PhoneIphoneRounded fontSize="small" />
            </ToggleButton>
          </ToggleButtonGroup>
        )}
      </Stack>
      <Box ref={box} sx={{ position: 'relative', flex: 1, minHeight: 0, overflow: 'hidden' }}>
        {!ready && <LinearProgress aria-label={t('preview_loading')} sx={{ height: 3 }} />}
        <Box
          component="iframe"
          ref={frame}
          title={t('preview')}
          src={first}
          sx={{ position: 'absolute', top: 0, left: '50%', border: 0, transformOrigin: 'top left' }}
          style={{
            width: Math.min(wide, width / scale),
            height: height / scale,
            transform: `scale(${String(scale)}) translateX(-50%)`,
            opacity: ready ? 1 : 0,
          }}
        />
      </Box>
    </Stack>
  );
}
