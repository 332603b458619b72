import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Link, Stack, Typography } from '@mui/material';
import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NewTotp, useConfirmTotpMutation } from '../../api/index.ts';
import { finishEnrolment } from '../../app/session/session.ts';
import { CodeField } from '../auth/CodeField.tsx';
import { RecoveryCodeList } from './RecoveryCodeList.tsx';

interface AppSetupProps {
  readonly made: NewTotp;
  readonly onClose: () => void;
}

/** The picture that an authenticator app scans, its first code, and then the recovery codes. */
export default function AppSetup({ made, onClose }: AppSetupProps): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  const title = useId();
  const [confirm, { isLoading, error, reset }] = useConfirmTotpMutation();
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<readonly string[]>([]);
  const finish = async (): Promise<void> => {
    onClose();
    await finishEnrolment();
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await confirm({ code });
    if (data === undefined) return;
    if (data.recovery_codes.length === 0) await finish();
    else setCodes(data.recovery_codes);
  };
  const wrong = isApiProblem(error) && error.errors.length > 0 ? t('auth.code_wrong') : undefined;
  const problem = error === undefined ? undefined : (wrong ?? message(error));
  if (codes.length > 0) return <RecoveryCodeList codes={codes} onClose={() => void finish()} />;
  return (
    <Dialog open onClose={onClose} aria-labelledby={title} maxWidth="xs" fullWidth>
      <Stack component="form" onSubmit={(event) => void submit(event)}>
        <DialogTitle id={title}>{t('security:app_title')}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2 }}>
            <Typography>{t('security:app_scan')}</Typography>
            <Box
              component="img"
              alt={t('security:app_picture')}
              src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.image)}`}
              sx={{ width: 208, height: 208, alignSelf: 'center', borderRadius: 2, background: '#fff' }}
            />
            <Typography variant="body2">
              {t('security:app_by_hand')} <Link href={made.uri}>{t('security:app_open')}</Link>
            </Typography>
            <Box component="code" sx={{ overflowWrap: 'anywhere', fontSize: '0.9rem' }}>
              {made.secret.match(/.{1,4}/gu)?.join(' ')}
            </Box>
            <CodeField
              value={code}
              error={problem}
              onChange={(value) => {
                setCode(value);
                reset();
              }}
            />
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('security:cancel')}</Button>
          <Button type="submit" variant="contained" loading={isLoading}>
            {t('security:confirm')}
          </Button>
        </DialogActions>
      </Stack>
    </Dialog>
  );
}
