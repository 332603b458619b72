import { Box, type BoxProps } from '@mui/material';
import { type ReactNode, useCallback, useState } from 'react';
import { createPortal } from 'react-dom';
import { code } from '../theme/code.ts';
import { border, color, font, radius, weight } from '../theme/tokens.ts';
import { CodeCopy } from './CodeCopy.tsx';

const heading = {
  fontFamily: font('display'),
  fontWeight: weight('heading'),
  letterSpacing: 'var(--ql-font-tracking-display)',
  lineHeight: 1.2,
  textWrap: 'balance',
  scrollMarginTop: '96px',
} as const;

const text = {
  fontSize: { xs: `min(1.0625rem, var(--ql-font-reading-size))`, sm: 'var(--ql-font-reading-size)' },
  lineHeight: 1.7,
  maxWidth: 'var(--ql-font-reading-measure)',
  overflowWrap: 'break-word',
  textWrap: 'pretty',
  '& > :not(* + *)': { marginTop: 0 },
  '& > :last-child': { marginBottom: 0 },
  '& p, & ul, & ol, & dl': { margin: '0 0 1.15em' },
  '& h2': { ...heading, fontSize: '1.52em', margin: '1.7em 0 0.6em' },
  '& h3': { ...heading, fontSize: '1.2em', margin: '1.5em 0 0.5em' },
  '& h4': { ...heading, fontSize: '1.04em', margin: '1.3em 0 0.4em' },
  '& ul, & ol': { paddingInlineStart: '1.5em' },
  '& li': { marginBottom: '0.4em', paddingInlineStart: '0.3em' },
  '& li > p': { marginBottom: '0.4em' },
  '& li::marker': { color: color('primary-ink'), fontWeight: weight('strong') },
  '& a': {
    color: color('primary-ink'),
    fontWeight: weight('strong'),
    textUnderlineOffset: '0.2em',
    textDecorationThickness: '0.08em',
  },
  '& strong': { fontWeight: weight('strong') },
  '& mark': { background: color('points-soft'), color: color('points-ink'), padding: '0 0.2em', borderRadius: '4px' },
  '& hr': { width: 96, height: 0, border: 0, borderTop: border('rule', 'edge'), margin: '2.4em auto' },
  '& blockquote': {
    margin: '1.6em 0',
    padding: '0.2em 0 0.2em 1.2em',
    borderInlineStart: `4px solid ${color('primary')}`,
    fontFamily: font('display'),
    fontSize: '1.16em',
    lineHeight: 1.5,
    '& p:last-child': { margin: 0 },
  },
  '& img': { maxWidth: '100%', height: 'auto', borderRadius: radius('control') },
  '& kbd': {
    fontFamily: font('mono'),
    fontSize: '0.82em',
    padding: '0.15em 0.45em',
    border: border('card', 'edge'),
    borderBottomWidth: 2,
    borderRadius: '6px',
  },
} as const;

const table = {
  '& table': {
    display: 'block',
    width: 'fit-content',
    maxWidth: '100%',
    overflowX: 'auto',
    borderCollapse: 'collapse',
    margin: '1.5em 0',
    fontSize: '0.92em',
    lineHeight: 1.5,
  },
  '& th': {
    textAlign: 'start',
    fontWeight: weight('strong'),
    borderBottom: `2px solid ${color('ink')}`,
    padding: '0.6em 1em 0.6em 0',
  },
  '& td': { verticalAlign: 'top', borderBottom: border(), padding: '0.7em 1em 0.7em 0' },
  '& tr > :last-child': { paddingInlineEnd: 0 },
  '& dt': { fontWeight: weight('strong') },
  '& dd': { marginInlineStart: '1.2em', marginBottom: '0.6em' },
} as const;

interface ProseProps {
  /** HTML that the server has sanitised. */
  readonly html: string;
  readonly sx?: BoxProps['sx'];
}

/** Lets the keyboard scroll code and tables that are wider than the text. */
function makeScrollable(root: HTMLElement): void {
  for (const element of root.querySelectorAll<HTMLElement>('pre, table')) {
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
  }
}

/** Running text for reading: the server's sanitised HTML in the theme's typography. */
export function Prose({ html, sx }: ProseProps): ReactNode {
  const [blocks, setBlocks] = useState<readonly HTMLElement[]>([]);
  const prepare = useCallback((root: HTMLElement | null) => {
    if (root === null) return;
    makeScrollable(root);
    setBlocks([...root.querySelectorAll<HTMLElement>('.highlight')]);
  }, []);
  return (
    <>
      <Box
        key={html}
        ref={prepare}
        className="ql-prose"
        // oxlint-disable-next-line react/no-danger -- sanitised by the server when the course was imported
        dangerouslySetInnerHTML={{ __html: html }}
        sx={[text, table, code, ...(Array.isArray(sx) ? sx : [sx])]}
      />
      {blocks.map((block, index) => createPortal(<CodeCopy block={block} />, block, String(index)))}
    </>
  );
}
