import VisibilityOffRounded from '@mui/icons-material/VisibilityOffRounded';
import VisibilityRounded from '@mui/icons-material/VisibilityRounded';
import { IconButton, InputAdornment } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, type FieldProps } from '../../design/components/Field.tsx';

/** A field for a password, which can be shown. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'endAdornment'>): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const toggle = (
    <InputAdornment position="end">
      <IconButton
        edge="end"
        aria-label={t(shown ? 'auth.hide_password' : 'auth.show_password')}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? <VisibilityOffRounded /> : <VisibilityRounded />}
      </IconButton>
    </InputAdornment>
  );
  return <Field {...props} type={shown ? 'text' : 'password'} endAdornment={toggle} />;
}
