import { SvgIcon, type SvgIconProps } from '@mui/material';
import type { ReactNode } from 'react';

/** An icon from the `d` attribute of a 24 by 24 SVG path. */
export function PathIcon({ path, ...props }: SvgIconProps & { readonly path: string }): ReactNode {
  return (
    <SvgIcon {...props}>
      <path d={path} />
    </SvgIcon>
  );
}
