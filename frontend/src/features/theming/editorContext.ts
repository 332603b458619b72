import { createContext, useContext } from 'react';
import type { ThemeEditor } from '../../api/console/index.ts';
import type { ThemeManifest } from '../../api/index.ts';
import type { Scheme } from '../../app/preview/protocol.ts';
import type { Action, Draft, History } from './draft.ts';

/** What every part of the editor works with. */
export interface EditorState {
  readonly editor: ThemeEditor;
  readonly themes: readonly ThemeManifest[];
  readonly history: History;
  readonly draft: Draft;
  readonly scheme: Scheme;
  readonly dispatch: (action: Action) => void;
}

/** Provided by the editor's page. */
export const EditorContext = createContext<EditorState | null>(null);

/** The editor that this part belongs to. */
export function useEditor(): EditorState {
  const state = useContext(EditorContext);
  if (state === null) throw new Error('This is a part of the theme editor.');
  return state;
}
