import type { Components, Theme } from '@mui/material/styles';
import { border, color, radius, shadow, transition, weight } from './tokens.ts';

const soft = (tone: 'success' | 'info' | 'points' | 'danger') => ({
  background: color(`${tone}-soft`),
  color: color('ink'),
  border: 0,
  '& .MuiAlert-icon': { color: color(`${tone}-ink`) },
});

/** Cards, dialogs, menus, feedback and data. */
export const surfaces: Components<Theme> = {
  MuiPaper: {
    defaultProps: { elevation: 0 },
    styleOverrides: { root: { backgroundImage: 'none' }, rounded: { borderRadius: radius('card') } },
  },
  // Small headings are often no headings at all; who means one says so with `component`.
  MuiTypography: {
    defaultProps: { variantMapping: { subtitle1: 'p', subtitle2: 'p', h5: 'p', h6: 'p' } },
  },
  MuiCard: {
    styleOverrides: { root: { border: border(), borderRadius: radius('card'), boxShadow: shadow('card') } },
  },
  MuiDialog: {
    styleOverrides: {
      paper: {
        background: color('raised'),
        '&:not(.MuiDialog-paperFullScreen)': { boxShadow: shadow('overlay'), border: border(), margin: 16 },
        '&.MuiDialog-paperFullScreen': { borderRadius: 0 },
      },
    },
  },
  MuiDialogTitle: { styleOverrides: { root: { fontSize: '1.375rem', padding: '24px 24px 8px' } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '12px 24px 24px', gap: 8 } } },
  MuiBackdrop: { styleOverrides: { root: { '&:not(.MuiBackdrop-invisible)': { background: color('overlay') } } } },
  MuiMenu: {
    styleOverrides: {
      paper: {
        background: color('raised'),
        borderRadius: radius('control'),
        boxShadow: shadow('overlay'),
        border: border(),
      },
    },
  },
  MuiPopover: { styleOverrides: { paper: { boxShadow: shadow('overlay') } } },
  MuiDrawer: { styleOverrides: { paper: { background: color('surface'), borderRadius: 0 } } },
  MuiTooltip: {
    defaultProps: { arrow: true, enterDelay: 400 },
    styleOverrides: {
      tooltip: {
        background: color('ink'),
        color: color('background'),
        borderRadius: radius('small'),
        padding: '7px 11px',
        fontSize: '0.875rem',
        fontWeight: weight('body'),
      },
      arrow: { color: color('ink') },
    },
  },
  MuiAlert: {
    styleOverrides: {
      root: { borderRadius: radius('control'), alignItems: 'center', fontSize: '1rem' },
      message: { color: color('ink') },
    },
    variants: [
      { props: { severity: 'success' }, style: soft('success') },
      { props: { severity: 'info' }, style: soft('info') },
      { props: { severity: 'warning' }, style: soft('points') },
      { props: { severity: 'error' }, style: soft('danger') },
    ],
  },
  MuiChip: {
    styleOverrides: {
      root: { height: 30, borderRadius: radius('pill'), fontSize: '0.875rem', fontWeight: weight('strong') },
      filled: { background: color('sunken'), color: color('ink') },
      outlined: { borderColor: color('edge') },
      clickable: { '&:hover': { background: color('primary-soft') } },
    },
    variants: [
      { props: { color: 'primary' }, style: { background: color('primary-soft'), color: color('primary-ink') } },
      { props: { color: 'success' }, style: { background: color('success-soft'), color: color('success-ink') } },
      { props: { color: 'warning' }, style: { background: color('points-soft'), color: color('points-ink') } },
      { props: { color: 'error' }, style: { background: color('danger-soft'), color: color('danger-ink') } },
      { props: { color: 'info' }, style: { background: color('info-soft'), color: color('info-ink') } },
    ],
  },
  MuiLinearProgress: {
    styleOverrides: {
      root: { height: 10, borderRadius: radius('pill'), background: color('sunken') },
      bar: { borderRadius: radius('pill') },
    },
  },
  MuiSkeleton: {
    defaultProps: { animation: 'wave' },
    styleOverrides: { root: { background: color('sunken'), borderRadius: radius('small') } },
  },
  MuiAvatar: {
    styleOverrides: {
      root: {
        background: color('primary-soft'),
        color: color('primary-ink'),
        fontWeight: weight('strong'),
        fontSize: '1rem',
      },
    },
  },
  MuiListItemButton: {
    styleOverrides: {
      root: {
        minHeight: 48,
        borderRadius: radius('control'),
        transition: transition(['background-color', 'color']),
        '&.Mui-selected, &.Mui-selected:hover': { background: color('primary-soft'), color: color('primary-ink') },
      },
    },
  },
  MuiTab: {
    styleOverrides: { root: { minHeight: 48, textTransform: 'none', fontWeight: weight('strong'), fontSize: '1rem' } },
  },
  MuiTabs: { styleOverrides: { indicator: { height: 3, borderRadius: radius('pill') } } },
  MuiTableCell: {
    styleOverrides: {
      root: { borderColor: color('line'), padding: '14px 16px', fontSize: '1rem' },
      head: { color: color('muted'), fontSize: '0.875rem', fontWeight: weight('strong') },
    },
  },
  MuiSnackbarContent: {
    styleOverrides: { root: { background: color('ink'), color: color('background'), borderRadius: radius('control') } },
  },
};
