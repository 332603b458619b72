import { color, font, radius } from './tokens.ts';

/** Code in running text, with the class names that Pygments writes (its documentation lists them under "Token types"). */
export const code = {
  '& code': { fontFamily: font('mono'), fontSize: '0.86em' },
  '& :not(pre) > code': {
    padding: '0.15em 0.4em',
    borderRadius: '6px',
    background: color('sunken'),
    overflowWrap: 'anywhere',
  },
  '& pre': {
    margin: '1.5em 0',
    padding: { xs: '16px', sm: '20px 24px' },
    borderRadius: radius('control'),
    background: color('code-background'),
    color: color('code-ink'),
    fontSize: '0.8em',
    lineHeight: 1.7,
    overflowX: 'auto',
    tabSize: 2,
  },
  '& .highlight': { position: 'relative' },
  '& pre code': { fontSize: 'inherit', whiteSpace: 'pre' },
  // Without highlighting it is a prompt or another text: it may wrap.
  '& pre:not(:has(span)) code': { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '& .highlight > pre': { paddingTop: '52px' },
  '& pre :is(.c, .ch, .cm, .cp, .cpf, .c1, .cs, .gp, .lineno)': { color: color('code-muted') },
  '& pre :is(.c, .cm, .c1, .ge)': { fontStyle: 'italic' },
  '& pre :is(.k, .kc, .kd, .kn, .kp, .kr, .kt, .ow, .nt)': { color: color('code-keyword') },
  '& pre :is(.s, .sa, .sb, .sc, .dl, .sd, .s1, .s2, .se, .sh, .si, .sx, .sr, .ss, .gi)': {
    color: color('code-string'),
  },
  '& pre :is(.m, .mb, .mf, .mh, .mi, .mo, .il, .l, .ld, .no)': { color: color('code-number') },
  '& pre :is(.na, .nb, .nc, .nd, .nf, .fm, .ni, .nl, .nn, .py, .nv, .vc, .vg, .vi, .bp)': { color: color('code-name') },
  '& pre :is(.err, .gd, .gr)': { color: color('code-error') },
  '& pre :is(.gs, .gh, .gu)': { fontWeight: 700 },
} as const;
