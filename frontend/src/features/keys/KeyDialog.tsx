import { FormControlLabel, MenuItem, Radio, RadioGroup, TextField } from '@mui/material';
import { fieldError, isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PermissionPicker } from '../roles/PermissionPicker.tsx';
import { useWithProof } from '../security/ProofProvider.tsx';
import { TEXTS } from '../roles/texts.ts';

/** How long a key may last, in days; 0 for ever. */
export const DAYS = [7, 30, 90, 365, 0] as const;

/** What a new key is asked for with. */
export interface NewKey {
  readonly name: string;
  readonly permissions: string[] | null;
  readonly expires_in_days: number | null;
}

interface KeyDialogProps {
  /** What its owner may; a key can hold no more. */
  readonly among: ReadonlySet<string>;
  readonly make: (key: NewKey) => PromiseLike<{ readonly data?: { readonly key: string }; readonly error?: unknown }>;
  readonly onMade: (text: string) => void;
  readonly onClose: () => void;
}

/** Makes an API key. */
export function KeyDialog({ among, make, onMade, onClose }: KeyDialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const withProof = useWithProof();
  const [name, setName] = useState('');
  const [days, setDays] = useState<number>(90);
  const [some, setSome] = useState(true);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const save = async (): Promise<string | undefined> => {
    if (name.trim() === '') {
      setProblem(undefined);
      return 'name';
    }
    setBusy(true);
    const permissions = some ? [...chosen].toSorted() : null;
    const answer = await withProof(() => make({ name, permissions, expires_in_days: days === 0 ? null : days }));
    setBusy(false);
    setProblem(answer.error);
    if (answer.data !== undefined) onMade(answer.data.key);
    return fieldError(answer.error, 'name') === undefined ? undefined : 'name';
  };
  const asked = isApiProblem(problem) && problem.code === 'step_up_needed';
  return (
    <FormDialog
      title={t('key.new')}
      busy={busy}
      problem={problem === undefined || asked ? undefined : message(problem)}
      onSave={save}
      onClose={onClose}
    >
      <TextField name="name" required autoFocus label={t('key.name')} helperText={t('key.name_hint')} value={name} onChange={({ target }) => setName(target.value)} />
      <TextField select label={t('key.expires')} value={days} helperText={days === 0 ? t('key.never_hint') : undefined} onChange={({ target }) => setDays(Number(target.value))}>
        {DAYS.map((each) => (
          <MenuItem key={each} value={each}>
            {each === 0 ? t('key.never') : t('key.days', { count: each })}
          </MenuItem>
        ))}
      </TextField>
      <RadioGroup aria-label={t('key.may')} value={some ? 'some' : 'all'} onChange={(_event, value) => setSome(value === 'some')}>
        <FormControlLabel value="some" control={<Radio />} label={t('key.some')} />
        <FormControlLabel value="all" control={<Radio />} label={t('key.all')} />
      </RadioGroup>
      {some && <PermissionPicker plain chosen={chosen} among={among} onChange={setChosen} />}
    </FormDialog>
  );
}
