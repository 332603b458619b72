import type { Components, Theme } from '@mui/material/styles';
import { LinkBehavior } from './LinkBehavior.tsx';
import { border, color, fade, radius, transition, weight } from './tokens.ts';

const lip = (base: string): string =>
  `inset 0 calc(-1 * var(--ql-border-lip)) 0 color-mix(in oklab, ${base}, #000 26%)`;

/** Buttons, inputs and switches. */
export const controls: Components<Theme> = {
  MuiButtonBase: { defaultProps: { disableRipple: true, LinkComponent: LinkBehavior } },
  MuiButton: {
    defaultProps: { disableElevation: true },
    styleOverrides: {
      root: {
        minHeight: 44,
        padding: '9px 20px',
        borderRadius: radius('control'),
        whiteSpace: 'nowrap',
        transition: transition(['background-color', 'border-color', 'color', 'box-shadow', 'transform']),
        '&:active': { transform: 'translateY(1px)' },
      },
      sizeSmall: {
        minHeight: 36,
        padding: '5px 14px',
        fontSize: '0.9375rem',
        '@media (pointer: coarse)': { minHeight: 44 },
      },
      sizeLarge: { minHeight: 54, padding: '13px 28px', fontSize: '1.0625rem' },
      contained: { '&:active': { boxShadow: 'none' } },
      outlined: { borderWidth: 'var(--ql-border-control)', borderColor: color('edge') },
      text: { padding: '9px 14px' },
    },
    variants: [
      {
        props: { variant: 'contained', color: 'primary' },
        style: { boxShadow: lip(color('primary')), '&:hover': { boxShadow: lip(color('primary-strong')) } },
      },
      {
        props: { variant: 'contained', color: 'success' },
        style: { boxShadow: lip(color('success')), '&:hover': { boxShadow: lip(color('success-strong')) } },
      },
      {
        props: { variant: 'outlined', color: 'primary' },
        style: {
          color: color('primary-ink'),
          '&:hover': { borderColor: color('primary'), background: fade('primary', 8) },
        },
      },
      {
        props: { variant: 'text', color: 'primary' },
        style: { color: color('primary-ink'), '&:hover': { background: fade('primary', 10) } },
      },
    ],
  },
  MuiIconButton: {
    styleOverrides: {
      root: { minWidth: 44, minHeight: 44, borderRadius: radius('control'), color: color('ink') },
    },
  },
  MuiToggleButton: {
    styleOverrides: {
      root: {
        minHeight: 44,
        padding: '8px 16px',
        textTransform: 'none',
        color: color('ink'),
        borderColor: color('edge'),
        borderRadius: radius('control'),
        '&.Mui-selected, &.Mui-selected:hover': {
          color: color('primary-ink'),
          background: color('primary-soft'),
          borderColor: color('primary'),
        },
      },
    },
  },
  MuiOutlinedInput: {
    styleOverrides: {
      root: {
        borderRadius: radius('control'),
        background: color('surface'),
        '& .MuiOutlinedInput-notchedOutline': {
          borderColor: color('edge'),
          borderWidth: 'var(--ql-border-control)',
          transition: transition(['border-color']),
        },
        '&:hover .MuiOutlinedInput-notchedOutline': { borderColor: color('ink') },
        '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderWidth: 2, borderColor: color('primary') },
      },
      input: { minHeight: 24, '&::placeholder': { color: color('muted'), opacity: 1 } },
    },
  },
  MuiInputLabel: { styleOverrides: { root: { color: color('muted') } } },
  MuiFormHelperText: { styleOverrides: { root: { marginInline: 4, fontSize: '0.875rem' } } },
  MuiFormLabel: { styleOverrides: { root: { fontWeight: weight('body') } } },
  MuiMenuItem: {
    styleOverrides: {
      // MUI lowers menu items from 600 px on; a wide screen may still be touched.
      root: { borderRadius: radius('small'), marginInline: 6, '&.MuiMenuItem-root': { minHeight: 44 } },
    },
  },
  MuiCheckbox: { styleOverrides: { root: { padding: 10, color: color('edge') } } },
  MuiRadio: { styleOverrides: { root: { padding: 10, color: color('edge') } } },
  MuiSwitch: {
    styleOverrides: {
      root: { width: 60, height: 44, padding: '8px 4px' },
      switchBase: {
        padding: 12,
        color: color('surface'),
        '&.Mui-checked': { transform: 'translateX(24px)', color: color('on-primary') },
        '&.Mui-checked + .MuiSwitch-track': { opacity: 1, background: color('primary'), borderColor: color('primary') },
        '&.Mui-focusVisible + .MuiSwitch-track': { outline: `3px solid ${color('primary')}`, outlineOffset: 2 },
      },
      thumb: { width: 20, height: 20, boxShadow: 'none', background: 'currentColor' },
      track: { opacity: 1, borderRadius: 14, background: color('edge'), border: border('control', 'edge') },
    },
  },
  MuiLink: {
    defaultProps: { underline: 'always', component: LinkBehavior },
    styleOverrides: {
      root: {
        color: color('primary-ink'),
        fontWeight: weight('strong'),
        textDecorationColor: fade('primary-ink', 40),
        textUnderlineOffset: '0.2em',
        '&:hover': { textDecorationColor: 'currentColor' },
      },
    },
  },
};
