import { FormControl, FormHelperText, InputLabel, OutlinedInput, type OutlinedInputProps } from '@mui/material';
import { type ReactNode, useId } from 'react';

/** Properties of a `Field`. */
export interface FieldProps extends Omit<OutlinedInputProps, 'id' | 'notched'> {
  readonly label: string;
  /** What stands below the input: a hint, or what is wrong with it. */
  readonly helperText?: ReactNode;
}

/** A labelled line of text. Unlike MUI's `TextField` it brings no select and no menu into the first load. */
export function Field({ label, helperText, error, required, fullWidth = true, ...input }: FieldProps): ReactNode {
  const id = useId();
  const help = `${id}-help`;
  return (
    <FormControl variant="outlined" error={error} required={required} fullWidth={fullWidth}>
      <InputLabel htmlFor={id}>{label}</InputLabel>
      <OutlinedInput {...input} id={id} label={label} {...(helperText && { 'aria-describedby': help })} />
      {helperText && <FormHelperText id={help}>{helperText}</FormHelperText>}
    </FormControl>
  );
}
