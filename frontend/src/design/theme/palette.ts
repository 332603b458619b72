import type { ColorSystemOptions } from '@mui/material/styles';
import { type ColorName, color, fade } from './tokens.ts';

const intent = (main: ColorName, strong: ColorName, soft: ColorName, on: ColorName) => ({
  main: color(main),
  light: color(soft),
  dark: color(strong),
  contrastText: color(on),
});

/** MUI's palette, made of the theme's CSS variables; one serves both schemes because the variables change. */
export const palette: NonNullable<ColorSystemOptions['palette']> = {
  primary: intent('primary', 'primary-strong', 'primary-soft', 'on-primary'),
  secondary: intent('info', 'info-strong', 'info-soft', 'on-info'),
  success: intent('success', 'success-strong', 'success-soft', 'on-success'),
  error: intent('danger', 'danger-strong', 'danger-soft', 'on-danger'),
  info: intent('info', 'info-strong', 'info-soft', 'on-info'),
  // The amber itself is too light for text; the fill is the token `points`.
  warning: intent('points-ink', 'points-strong', 'points-soft', 'surface'),
  text: { primary: color('ink'), secondary: color('muted'), disabled: fade('ink', 45) },
  divider: color('line'),
  background: { default: color('background'), paper: color('surface') },
  action: {
    active: color('muted'),
    hover: fade('ink', 6),
    selected: fade('primary', 12),
    disabled: fade('ink', 40),
    disabledBackground: fade('ink', 10),
    focus: fade('primary', 16),
  },
};
