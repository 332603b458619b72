import { Box, ButtonBase, Card, Chip, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useAiListTemplatesQuery } from './api.ts';
import { Frame } from './Frame.tsx';
import { TemplateEditor } from './TemplateEditor.tsx';
import { useTexts } from './texts.ts';

/** The prompts that plugins bring, with the site's own texts, their versions and a preview. */
export default function TemplatesPage(): ReactNode {
  const t = useTexts();
  const [params, setParams] = useSearchParams();
  const { data: templates, error, refetch } = useAiListTemplatesQuery();
  const open = params.get('template') ?? templates?.[0]?.id;
  return (
    <Frame page="templates">
      {templates === undefined && (error === undefined ? <LoadingState lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {templates?.length === 0 && <EmptyState role="status" title={t('admin.templates.none')} description={t('admin.templates.none_detail')} />}
      {templates !== undefined && templates.length > 0 && (
        <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { md: '280px minmax(0, 1fr)' }, alignItems: 'start' }}>
          <Card component="ul" aria-label={t('admin.templates.title')} sx={{ m: 0, p: 1, listStyle: 'none' }}>
            {templates.map((each) => (
              <li key={each.id}>
                <ButtonBase
                  aria-current={each.id === open}
                  onClick={() => setParams({ template: each.id })}
                  sx={{
                    width: '100%',
                    justifyContent: 'flex-start',
                    textAlign: 'start',
                    p: 1.5,
                    borderRadius: 'var(--ql-radius-small)',
                    '&[aria-current=true]': { background: 'var(--ql-color-primary-soft)' },
                    '&:focus-visible': { outline: '2px solid var(--ql-color-primary-ink)', outlineOffset: -2 },
                  }}
                >
                  <Stack sx={{ minWidth: 0, alignItems: 'flex-start', gap: 0.5 }}>
                    <Typography sx={{ fontWeight: 'var(--ql-font-weight-strong)' }}>{each.title}</Typography>
                    <Typography variant="body2" sx={{ color: 'var(--ql-color-ink)', overflowWrap: 'anywhere' }}>
                      {each.id} · {t('admin.templates.version', { version: each.version })}
                    </Typography>
                    {each.overridden && <Chip size="small" variant="outlined" label={t('admin.templates.own')} />}
                  </Stack>
                </ButtonBase>
              </li>
            ))}
          </Card>
          {open !== undefined && <TemplateEditor key={open} id={open} />}
        </Box>
      )}
    </Frame>
  );
}
