import type { ReactNode } from 'react';
import { Prose } from '../../design/components/Prose.tsx';

/** What has changed from version to version, as the distribution says it. */
export function Changelog({ html }: { readonly html: string }): ReactNode {
  return (
    <Prose
      html={html}
      sx={{ fontSize: { xs: '1rem', sm: '1rem' }, lineHeight: 1.5, '& h3:first-of-type': { marginTop: 0 } }}
    />
  );
}
