import { Box } from '@mui/material';
import { Page, PageHeader, useCan } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useTexts } from './texts.ts';

const PAGES = [
  { key: 'spend', to: '/x/ai', permission: 'ai.spend.read' },
  { key: 'providers', to: '/x/ai/providers', permission: 'ai.settings.read' },
  { key: 'budgets', to: '/x/ai/budgets', permission: 'ai.settings.read' },
  { key: 'templates', to: '/x/ai/templates', permission: 'ai.settings.read' },
  { key: 'suggestions', to: '/x/ai/suggestions', permission: 'ai.suggestions.manage' },
] as const;

/** The links between the pages about AI. */
export function Pages(): ReactNode {
  const t = useTexts();
  const can = useCan();
  return (
    <Box component="nav" aria-label={t('admin.pages')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 3 }}>
      {PAGES.filter(({ permission }) => can(permission)).map(({ key, to }) => (
        <Box
          key={key}
          component={NavLink}
          to={to}
          end
          sx={{
            px: 1.75,
            py: 1,
            borderRadius: 'var(--ql-radius-small)',
            color: 'text.primary',
            textDecoration: 'none',
            border: '1px solid var(--ql-color-line)',
            '&:hover': { textDecoration: 'underline' },
            '&[aria-current=page]': { background: 'var(--ql-color-primary-soft)', borderColor: 'var(--ql-color-primary-ink)', color: 'var(--ql-color-primary-ink)' },
          }}
        >
          {t(`admin.${key}.name`)}
        </Box>
      ))}
    </Box>
  );
}

interface FrameProps {
  readonly page: (typeof PAGES)[number]['key'];
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page about AI with its heading and the links to the others. */
export function Frame({ page, actions, children }: FrameProps): ReactNode {
  const t = useTexts();
  return (
    <Page title={t(`admin.${page}.title`)} maxWidth="lg">
      <PageHeader title={t(`admin.${page}.title`)} description={t(`admin.${page}.lead`)} actions={actions} />
      <Pages />
      {children}
    </Page>
  );
}
