import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type PreviewDraft, receivePreview, sendPreview } from '../../app/preview/protocol.ts';

interface PreviewFrame {
  readonly frame: RefObject<HTMLIFrameElement | null>;
  readonly ready: boolean;
  readonly open: (path: string) => void;
}

/** Keeps a frame of this site up to date with a draft. */
export function usePreviewFrame(draft: PreviewDraft): PreviewFrame {
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef(draft);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    latest.current = draft;
    const target = frame.current?.contentWindow;
    if (ready && target) sendPreview(target, draft);
  }, [draft, ready]);
  useEffect(
    () =>
      receivePreview(
        () => frame.current?.contentWindow ?? null,
        (message) => {
          const target = frame.current?.contentWindow;
          if (message.type !== 'questline.preview.ready' || !target) return;
          sendPreview(target, latest.current);
          setReady(true);
        },
      ),
    [],
  );
  const open = useCallback((path: string) => {
    const target = frame.current?.contentWindow;
    if (target) sendPreview(target, { type: 'questline.preview.open', path });
  }, []);
  return { frame, ready, open };
}
