import { replaceStyleSheet } from '../../design/theme/styleSheet.ts';
import { invalidateTags, live } from './live.ts';

interface ThemeChanged {
  readonly theme: string;
  readonly version: number;
}

/** Puts the site's new look on this page as soon as it was saved, wherever that was. */
export function followTheme(): void {
  live.subscribe('theme.changed', (payload) => {
    const { theme, version } = payload as ThemeChanged;
    void replaceStyleSheet(`${theme}-${String(version)}`);
    invalidateTags(['Theme', 'Site']);
  });
}
