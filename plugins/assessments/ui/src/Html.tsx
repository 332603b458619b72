import { Box, type BoxProps } from '@mui/material';
import { type ReactNode, createContext, useContext } from 'react';

/** The language the course is written in, which may not be the user's. */
export const ContentLanguage = createContext<string | undefined>(undefined);

interface HtmlProps {
  /** HTML that the server has sanitised. */
  readonly html: string;
  readonly id?: string;
  readonly sx?: BoxProps['sx'];
}

const TEXT = {
  overflowWrap: 'anywhere',
  textWrap: 'pretty',
  lineHeight: 1.55,
  '& p, & ul, & ol, & pre': { m: 0, mb: '0.7em' },
  '& > :last-child': { mb: 0 },
  '& strong': { fontWeight: 'var(--ql-font-weight-strong)' },
  '& a': { color: 'var(--ql-color-primary-ink)' },
  '& code': {
    fontFamily: 'var(--ql-font-family-mono)',
    fontSize: '0.88em',
    px: '0.35em',
    py: '0.1em',
    borderRadius: '6px',
    background: 'var(--ql-color-sunken)',
  },
  '& pre': { overflowX: 'auto' },
  '& img': { maxWidth: '100%', height: 'auto' },
} as const;

/** What an author wrote. */
export function Html({ html, id, sx }: HtmlProps): ReactNode {
  const language = useContext(ContentLanguage);
  return (
    <Box
      id={id}
      lang={language}
      // oxlint-disable-next-line react/no-danger -- sanitised by the server when the course was imported
      dangerouslySetInnerHTML={{ __html: html }}
      sx={[TEXT, ...(Array.isArray(sx) ? sx : [sx])]}
    />
  );
}
