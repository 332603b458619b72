import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, FormControlLabel, Switch, TextField, Typography } from '@mui/material';
import { fieldError, isApiProblem, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Preferences, useLeaderboardsUpdatePreferencesMutation } from './api.ts';

const LONGEST = 30;

interface PreferencesDialogProps {
  readonly preferences: Preferences;
  readonly onClose: () => void;
}

/** Lets the user choose whether and under which name they appear on the boards. */
export function PreferencesDialog({ preferences, onClose }: PreferencesDialogProps): ReactNode {
  const { t } = useTranslation('leaderboards');
  const heading = useId();
  const notify = useNotify();
  const message = useProblemMessage();
  const [update, { isLoading, error }] = useLeaderboardsUpdatePreferencesMutation();
  const [takesPart, setTakesPart] = useState(!preferences.opted_out);
  const [pseudonym, setPseudonym] = useState(preferences.pseudonym ?? '');
  const taken = isApiProblem(error) && error.code === 'pseudonym_taken';
  const wrongName = taken ? t('pseudonym_taken') : fieldError(error, 'pseudonym');
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const name = pseudonym.trim();
    const answer = await update({ opted_out: !takesPart, pseudonym: name === '' ? null : name });
    if (answer.error !== undefined) return;
    notify({ message: t('saved'), severity: 'success' });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={heading} fullWidth maxWidth="xs">
      <form onSubmit={(event) => void save(event)}>
        <DialogTitle id={heading}>{t('preferences')}</DialogTitle>
        <DialogContent>
          {error !== undefined && wrongName === undefined && (
            <Alert severity="error" sx={{ mb: 2 }}>
              {message(error)}
            </Alert>
          )}
          <FormControlLabel
            control={<Switch checked={takesPart} onChange={(event) => setTakesPart(event.target.checked)} />}
            label={t('take_part_label')}
          />
          <Typography variant="body2" color="textSecondary" sx={{ mb: 2.5 }}>
            {t('take_part_help')}
          </Typography>
          <Box sx={{ opacity: takesPart ? 1 : 0.6 }}>
            <TextField
              fullWidth
              label={t('pseudonym')}
              value={pseudonym}
              disabled={!takesPart}
              onChange={(event) => setPseudonym(event.target.value)}
              error={wrongName !== undefined}
              helperText={wrongName ?? t('pseudonym_help')}
              slotProps={{ htmlInput: { minLength: 2, maxLength: LONGEST, autoComplete: 'off' } }}
            />
          </Box>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="contained" loading={isLoading}>
            {t('save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
