import { FormControlLabel, Switch, TextField } from '@mui/material';
import { fieldError, useNotify } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../pages/texts.ts';
import { useProblemText } from '../useProblemText.ts';
import { type KeptPrompt, type PromptInput, useAiLabChangePromptMutation, useAiLabKeepPromptMutation } from './api.ts';

const MOST_TAGS = 8;
const LONGEST_TAG = 30;

interface PromptDialogProps {
  /** The prompt to change; null for a new one. */
  readonly prompt: KeptPrompt | null;
  /** What a new one begins with. */
  readonly text?: string;
  readonly onClose: () => void;
}

function tagsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** The form of a kept prompt. */
export default function PromptDialog({ prompt, text: begun = '', onClose }: PromptDialogProps): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemText();
  const [keep, keeping] = useAiLabKeepPromptMutation();
  const [change, changing] = useAiLabChangePromptMutation();
  const [title, setTitle] = useState(prompt?.title ?? '');
  const [text, setText] = useState(prompt?.text ?? begun);
  const [tags, setTags] = useState(prompt?.tags.join(', ') ?? '');
  const [shared, setShared] = useState(prompt?.shared ?? false);
  const [tried, setTried] = useState(false);
  const problem = keeping.error ?? changing.error;
  const named = tagsOf(tags);
  const wrong = {
    title: title.trim() === '',
    text: text.trim() === '',
    tags: named.length > MOST_TAGS || named.some((each) => each.length > LONGEST_TAG),
  };
  const hint = (name: keyof typeof wrong, words: string, otherwise?: string): string | undefined =>
    tried && wrong[name] ? words : (fieldError(problem, name) ?? otherwise);
  const onSave = async (): Promise<string | undefined> => {
    setTried(true);
    const first = (['title', 'text', 'tags'] as const).find((name) => wrong[name]);
    if (first !== undefined) return first;
    const input: PromptInput = { title, text, tags: named, shared };
    const answer = await (prompt === null ? keep(input) : change({ id: prompt.id, input }));
    if (answer.error !== undefined) return undefined;
    notify({ message: t('admin.saved', { name: title }), severity: 'success' });
    onClose();
    return undefined;
  };
  return (
    <FormDialog
      title={t(prompt === null ? 'admin.library.new' : 'admin.edit_named', { name: prompt?.title })}
      busy={keeping.isLoading || changing.isLoading}
      problem={problem === undefined ? undefined : message(problem)}
      onSave={onSave}
      onClose={onClose}
    >
      <TextField
        name="title"
        label={t('admin.library.field_title')}
        value={title}
        required
        error={hint('title', 'x') !== undefined}
        helperText={hint('title', t('admin.library.needed'))}
        slotProps={{ htmlInput: { maxLength: 120 } }}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextField
        name="text"
        label={t('admin.library.field_text')}
        value={text}
        required
        multiline
        minRows={5}
        maxRows={14}
        error={hint('text', 'x') !== undefined}
        helperText={hint('text', t('admin.library.needed'))}
        slotProps={{ htmlInput: { maxLength: 8000 } }}
        onChange={(event) => setText(event.target.value)}
      />
      <TextField
        name="tags"
        label={t('admin.library.field_tags')}
        value={tags}
        error={hint('tags', 'x') !== undefined}
        helperText={hint('tags', t('admin.library.tags_wrong'), t('admin.library.field_tags_hint'))}
        onChange={(event) => setTags(event.target.value)}
      />
      <FormControlLabel control={<Switch checked={shared} onChange={(_, on) => setShared(on)} />} label={t('admin.library.field_shared')} />
    </FormDialog>
  );
}
