import { renderInHost } from '@questline/ui-sdk/testing';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import contributions from '../contributions.ts';
import BudgetsPage from '../src/admin/BudgetsPage.tsx';
import { BudgetNotice } from '../src/admin/BudgetNotice.tsx';
import { barsOf } from '../src/admin/DayChart.tsx';
import { microsOf } from '../src/admin/money.ts';
import ProvidersPage from '../src/admin/ProvidersPage.tsx';
import SpendPage from '../src/admin/SpendPage.tsx';
import TemplatesPage from '../src/admin/TemplatesPage.tsx';
import type { SpendRow } from '../src/admin/types.ts';
import definition from '../src/index.tsx';

const plugin = { manifest: { id: 'ai', contributions }, definition };
const permissions = ['ai.settings.read', 'ai.settings.manage', 'ai.spend.read', 'tenant.plugins.manage'];
const row: SpendRow = {
  key: 'ai_openai', currency: 'USD', calls: 4, errors: 1, cached: 0, input_tokens: 100, output_tokens: 50, cost_micros: 1_250_000, p50_ms: 300, p95_ms: 900, quality: 0.5,
};
const model = { name: 'm', title: 'Model M', capabilities: ['chat'], context_tokens: 8000, price: null, circuit: 'closed' };
const providers = [{ name: 'ai_openai', title: 'OpenAI', sample: false, models: [model, { ...model, name: 'n', title: 'Model N' }] }];

test('a provider is tried, and what it answered is said', async () => {
  renderInHost(<ProvidersPage />, {
    plugin,
    user: { permissions },
    answers: {
      'GET /api/v1/p/ai/providers': providers,
      'GET /api/v1/p/ai/mapping': [],
      'POST /api/v1/p/ai/providers/ai_openai/test': { usable: false, detail: 'The key is wrong.', latency_ms: 12 },
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Test OpenAI' }));
  expect(await screen.findByText(/It does not work \(12 ms\)\. The key is wrong\./u)).toBeVisible();
});

test('the order of models is changed in the settings, and what is inherited stays so', async () => {
  const put = vi.fn<(body: unknown) => object>(() => ({ values: {}, own: [] }));
  renderInHost(<ProvidersPage />, {
    plugin,
    user: { permissions },
    answers: {
      'GET /api/v1/p/ai/providers': providers,
      'GET /api/v1/p/ai/mapping': [
        { capability: 'chat', choices: [{ provider: 'ai_openai', model: 'm' }, { provider: 'ai_openai', model: 'n' }], effective: [] },
      ],
      'GET /api/v1/plugins/ai/settings': { values: { cache: true, attempts: 3 }, own: ['cache'] },
      'PUT /api/v1/plugins/ai/settings': put,
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Ask OpenAI: Model N earlier' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(put).toHaveBeenCalled());
  expect(put.mock.calls[0]?.[0]).toEqual({ cache: true, chat: [{ provider: 'ai_openai', model: 'n' }, { provider: 'ai_openai', model: 'm' }] });
});

test('a budget is added, and an amount that is none is refused beside its field', async () => {
  const post = vi.fn<(body: unknown) => object>(() => ({}));
  renderInHost(<BudgetsPage />, {
    plugin,
    user: { permissions },
    answers: { 'GET /api/v1/p/ai/budgets': [], 'POST /api/v1/p/ai/budgets': post },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'New budget' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Enter an amount of 0 or more.')).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Limit a month' })).toHaveFocus();
  await userEvent.type(screen.getByRole('textbox', { name: 'Limit a month' }), '12,5');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(post).toHaveBeenCalled());
  expect(post.mock.calls[0]?.[0]).toMatchObject({ scope: 'tenant', limit_micros: 12_500_000 });
});

test('a template is previewed with the texts as they stand', async () => {
  const card = { id: 'ai.try', title: 'Try', placement: 'try', version: '1', overridden: false, variables: [{ name: 'text', type: 'text', required: true, description: 'What to ask' }] };
  const texts = { system: {}, user: { en: 'Say {{ text }}' } };
  const post = vi.fn<(body: unknown) => object>(() => ({ system: '', user: 'Say hello' }));
  renderInHost(<TemplatesPage />, {
    plugin,
    user: { permissions },
    answers: {
      'GET /api/v1/p/ai/templates': [card],
      'GET /api/v1/p/ai/templates/ai.try': { card, plugin: texts, current: texts, versions: [] },
      'POST /api/v1/p/ai/templates/ai.try/preview': post,
    },
  });
  const preview = within(await screen.findByRole('form', { name: 'Preview' }));
  await userEvent.type(preview.getByRole('textbox', { name: 'text' }), 'hello');
  await userEvent.click(preview.getByRole('button', { name: 'Show what would be sent' }));
  expect(await screen.findByText('Say hello')).toBeVisible();
  expect(post.mock.calls[0]?.[0]).toMatchObject({ locale: 'en', texts, variables: { text: 'hello' } });
});

test('the dashboard says what was spent, and what an empty period means', async () => {
  renderInHost(<SpendPage />, {
    plugin,
    user: { permissions },
    answers: { 'GET /api/v1/p/ai/spend': { since: '', until: '', rows: [row], totals: [{ ...row, key: 'total' }], days: [] } },
  });
  const table = within(await screen.findByRole('table', { name: 'By: Provider' }));
  expect(table.getByRole('rowheader', { name: 'ai_openai' })).toBeVisible();
  expect(table.getByText('$1.25')).toBeVisible();
  expect(screen.getByText('25%')).toBeVisible();
});

test('every day of a period has a bar', () => {
  const bars = barsOf([{ ...row, key: '2026-11-02' }, { ...row, key: '2026-11-02', currency: 'EUR' }], { since: '2026-11-01', until: '2026-11-03' }, 'calls');
  expect(bars).toEqual([
    { date: '2026-11-01', value: 0 },
    { date: '2026-11-02', value: 8 },
    { date: '2026-11-03', value: 0 },
  ]);
  expect([microsOf('0,5'), microsOf('x'), microsOf('-1'), microsOf('')]).toEqual([500_000, undefined, undefined, undefined]);
});

test('who runs the tenant is told when a budget is nearly or wholly used', async () => {
  const host = renderInHost(<BudgetNotice />, { plugin, user: { permissions } });
  const told = { percent: 80, scope: 'tenant', spent_micros: 1_700_000, limit_micros: 2_000_000, currency: 'USD' };
  host.emit('ai.budget.reached', told);
  await waitFor(() => expect(host.notices).toHaveLength(1));
  host.emit('ai.budget.reached', { ...told, percent: 100, spent_micros: 2_000_000 });
  await waitFor(() => expect(host.notices).toHaveLength(2));
  expect(host.notices.map(({ severity }) => severity)).toEqual(['warning', 'error']);
  expect(host.notices[0]?.message).toMatch(/80\s?% of the AI budget for the whole site is used: \$1\.70 of \$2\.00\./u);
});
