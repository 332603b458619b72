import { Box, Link } from '@mui/material';
import { useSite } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetThemeQuery } from '../../api/index.ts';
import { color, font } from '../theme/tokens.ts';

/** A text that the site or its theme has of its own, else the application's. */
export function useSiteText(key: 'tagline' | 'promise', otherwise: string): string {
  const { i18n } = useTranslation();
  const strings = useGetThemeQuery().data?.strings ?? {};
  const languages = [i18n.language, 'en', ...Object.keys(strings)];
  return languages.map((language) => strings[language]?.[key]).find((text) => text !== undefined) ?? otherwise;
}

/** The mark of the tenant's theme. */
export function BrandMark({ size = 36 }: { readonly size?: number }): ReactNode {
  const { data: theme } = useGetThemeQuery();
  const logo = theme?.logo_url;
  if (!logo) return <Box sx={{ width: size, height: size }} />;
  return <Box
      component="img"
      src={logo}
      alt=""
      width={size}
      height={size}
      sx={{ display: 'block', flexShrink: 0, objectFit: 'contain' }}
    />;
}

interface BrandProps {
  readonly ink?: string;
  /** Only the mark on a phone; the name is still read out. */
  readonly compact?: boolean;
}

/** The site's mark and name, leading to the start. */
export function Brand({ ink = color('ink'), compact = false }: BrandProps): ReactNode {
  const site = useSite();
  return (
    <Link
      href="/"
      aria-label={compact ? (site?.name ?? 'Questline') : undefined}
      underline="none"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 1.25,
        minHeight: 44,
        color: ink,
        fontFamily: font('display'),
        fontSize: '1.25rem',
        lineHeight: 1.1,
        fontWeight: 'var(--ql-font-weight-display)',
        letterSpacing: 'var(--ql-font-tracking-display)',
      }}
    >
      <BrandMark />
      <Box component="span" sx={compact ? { fontSize: { xs: 0, sm: 'inherit' } } : {}}>
        {site?.name ?? 'Questline'}
      </Box>
    </Link>
  );
}
