/** A colour scheme of a theme. */
export type Scheme = 'light' | 'dark';

/** CSS variables by name. */
export type Variables = Readonly<Record<string, string>>;

/** What the theme editor sends into the frame at every change. */
export interface PreviewDraft {
  readonly type: 'questline.preview.draft';
  readonly scheme: Scheme;
  /** Only what differs from the saved theme. */
  readonly variables: Readonly<Record<Scheme, Variables>>;
  /** Folders of installed themes that the draft takes fonts from. */
  readonly fonts: readonly string[];
  readonly siteName: string;
  readonly logoUrl: string | null;
  readonly strings: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The editor asks the frame for another page. */
export interface PreviewOpen {
  readonly type: 'questline.preview.open';
  readonly path: string;
}

/** The frame has started and waits for the draft. */
export interface PreviewReady {
  readonly type: 'questline.preview.ready';
}

/** Everything that goes between the editor and its frame. */
export type PreviewMessage = PreviewDraft | PreviewOpen | PreviewReady;

/** Sends a message to the other side, and to this origin only. */
export function sendPreview(target: Window, message: PreviewMessage): void {
  target.postMessage(message, globalThis.location.origin);
}

/** Receives the messages of one other window of this origin; returns how to stop. */
export function receivePreview(source: () => Window | null, receive: (message: PreviewMessage) => void): () => void {
  const listen = (event: MessageEvent<unknown>): void => {
    if (event.origin !== globalThis.location.origin || event.source === null || event.source !== source()) return;
    const message = event.data as Partial<PreviewMessage> | null;
    if (message?.type?.startsWith('questline.preview.') === true) receive(message as PreviewMessage);
  };
  globalThis.addEventListener('message', listen);
  return () => globalThis.removeEventListener('message', listen);
}
