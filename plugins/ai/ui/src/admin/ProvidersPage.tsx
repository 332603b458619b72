import { Card, Chip, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useAiGetMappingQuery, useAiListProvidersQuery } from './api.ts';
import { Frame } from './Frame.tsx';
import { MappingCard } from './MappingCard.tsx';
import { money } from './money.ts';
import { TestButton } from './TestButton.tsx';
import { useTexts } from './texts.ts';
import type { AiModel, AiProvider } from './types.ts';

function ModelLine({ model }: { readonly model: AiModel }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const { price } = model;
  const facts = [
    model.capabilities.map((each) => t(`admin.capability.${each}`)).join(', '),
    model.context_tokens !== null && t('admin.providers.context', { tokens: format.number(model.context_tokens) }),
    price === null
      ? t('admin.providers.no_price')
      : t('admin.providers.price', { input: money(format, price.input_micros, price.currency), output: money(format, price.output_micros, price.currency) }),
  ].filter(Boolean);
  return (
    <Stack component="li" sx={{ py: 1.25, borderTop: '1px solid var(--ql-color-line)' }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography sx={{ fontWeight: 'var(--ql-font-weight-strong)', overflowWrap: 'anywhere' }}>{model.title}</Typography>
        {model.circuit !== 'closed' && <Chip size="small" color="warning" label={t('admin.providers.rests')} />}
      </Stack>
      <Typography variant="body2" color="textSecondary">
        {facts.join(' · ')}
      </Typography>
    </Stack>
  );
}

function ProviderCard({ provider }: { readonly provider: AiProvider }): ReactNode {
  const t = useTexts();
  return (
    <Card component="section" aria-label={provider.title} sx={{ p: { xs: 2, sm: 3 } }}>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap', mb: 1 }}>
        <Typography variant="h3" component="h2" sx={{ flex: '1 1 auto' }}>
          {provider.title}
        </Typography>
        {provider.sample && <Chip size="small" variant="outlined" label={t('admin.providers.sample')} />}
        <TestButton provider={provider} />
      </Stack>
      {provider.models.length === 0 ? (
        <Typography color="textSecondary">{t('admin.providers.unconfigured')}</Typography>
      ) : (
        <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {provider.models.map((model) => (
            <ModelLine key={model.name} model={model} />
          ))}
        </Stack>
      )}
    </Card>
  );
}

/** Who answers: the providers with their models, and the order in which they are asked. */
export default function ProvidersPage(): ReactNode {
  const t = useTexts();
  const { data: providers, error, refetch } = useAiListProvidersQuery();
  const mapping = useAiGetMappingQuery();
  return (
    <Frame page="providers">
      {providers === undefined && (error === undefined ? <LoadingState lines={3} height={140} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {providers?.length === 0 && <EmptyState role="status" title={t('admin.providers.none')} description={t('admin.providers.none_detail')} />}
      <Stack sx={{ gap: 3 }}>
        {providers?.map((provider) => <ProviderCard key={provider.name} provider={provider} />)}
        {providers !== undefined && providers.length > 0 && (
          <section aria-labelledby="ai-mapping">
            <Typography id="ai-mapping" variant="h3" component="h2" sx={{ mt: 2, mb: 0.5 }}>
              {t('admin.mapping.title')}
            </Typography>
            <Typography color="textSecondary" sx={{ mb: 2, maxWidth: '65ch' }}>
              {t('admin.mapping.lead')}
            </Typography>
            {mapping.error !== undefined && <ErrorState error={mapping.error} onRetry={() => void mapping.refetch()} />}
            <Stack sx={{ display: 'grid', gap: 2, gridTemplateColumns: { md: '1fr 1fr' } }}>
              {mapping.data?.map((mapped) => (
                <MappingCard key={`${mapped.capability}:${JSON.stringify(mapped.choices)}`} mapped={mapped} providers={providers} />
              ))}
            </Stack>
          </section>
        )}
      </Stack>
    </Frame>
  );
}
