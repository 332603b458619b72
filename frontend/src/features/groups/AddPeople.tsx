import {
  Alert,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Stack,
  Tab,
  Tabs,
  TextField,
  type Theme,
  useMediaQuery,
} from '@mui/material';
import { useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GroupCard, type MembersChanged, useAddGroupMembersMutation } from './api.ts';
import { type Choice, PeopleField } from './PeopleField.tsx';
import { TEXTS } from './texts.ts';

const MOST = 1000;

/** Adds people to a group, found by name or pasted as a list; says which rows were left out, and why. */
export function AddPeople({ group, onClose }: { readonly group: GroupCard; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const id = useId();
  const phone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const [by, setBy] = useState<'search' | 'list'>('search');
  const [chosen, setChosen] = useState<Choice[]>([]);
  const [text, setText] = useState('');
  const [manager, setManager] = useState(false);
  const [report, setReport] = useState<MembersChanged>();
  const [add, { isLoading, error }] = useAddGroupMembersMutation();
  const people = by === 'search' ? chosen.map((each) => each.id) : text.split(/[\s,;]+/u).filter((part) => part !== '');
  const count = (key: string, number: number): string => t(key, { count: number, number: format.number(number) });
  const done = ({ changed, unchanged }: MembersChanged): string =>
    [count('added', changed), ...(unchanged > 0 ? [count('unchanged', unchanged)] : [])].join(' ');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await add({ groupId: group.id, newMembers: { people, manager } });
    if (answer.data === undefined) return;
    const { problems } = answer.data;
    if (problems.length === 0) {
      notify({ message: done(answer.data), severity: 'success' });
      onClose();
      return;
    }
    setReport(answer.data);
    setText(problems.filter(({ code }) => code === 'unknown_user').map(({ value }) => value).join('\n'));
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="sm" fullScreen={phone}>
      <DialogTitle id={id}>{t('add_title', { name: group.name })}</DialogTitle>
      <DialogContent>
        <Tabs
          value={by}
          aria-label={t('how')}
          onChange={(_event, value: typeof by) => setBy(value)}
          variant="fullWidth"
          sx={{ mb: 2.5 }}
        >
          <Tab id={`${id}-tab-search`} aria-controls={`${id}-panel`} value="search" label={t('by_search')} />
          <Tab id={`${id}-tab-list`} aria-controls={`${id}-panel`} value="list" label={t('by_list')} />
        </Tabs>
        <Stack
          component="form"
          id={`${id}-form`}
          noValidate
          onSubmit={(event) => void submit(event)}
          sx={{ gap: 2 }}
        >
          {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
          {report !== undefined && <LeftOut report={report} done={done(report)} />}
          <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${by}`}>
            {by === 'search' ? (
              <PeopleField chosen={chosen} onChoose={setChosen} />
            ) : (
              <TextField
                fullWidth
                multiline
                autoFocus
                minRows={5}
                maxRows={12}
                label={t('list')}
                value={text}
                error={people.length > MOST}
                helperText={t(people.length > MOST ? 'too_many' : 'list_hint')}
                onChange={({ target }) => setText(target.value)}
              />
            )}
          </div>
          <FormControlLabel
            control={<Checkbox checked={manager} onChange={({ target }) => setManager(target.checked)} />}
            label={t('as_manager')}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          type="submit"
          form={`${id}-form`}
          variant="contained"
          loading={isLoading}
          disabled={people.length === 0 || people.length > MOST}
        >
          {people.length === 0 ? t('add') : count('add_count', people.length)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function LeftOut({ report, done }: { readonly report: MembersChanged; readonly done: string }): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Alert severity="warning" sx={{ maxHeight: 240, overflow: 'auto' }}>
      {done} {t('problems', { count: report.problems.length, number: report.problems.length })}
      <Stack component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5, overflowWrap: 'anywhere' }}>
        {report.problems.map(({ row, value, code }) => (
          <li key={row}>{t(`problem_${code}`, { row, value })}</li>
        ))}
      </Stack>
    </Alert>
  );
}
