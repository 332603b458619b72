import { definePlugin } from '@questline/ui-sdk';
import { renderInHost } from '@questline/ui-sdk/testing';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import ClosedPage from './ClosedPage.tsx';
import de from './de.json';
import en from './en.json';

const contributions = {} as const;
const plugin = {
  manifest: { id: 'host', contributions },
  definition: definePlugin(contributions, { views: {}, resources: { en: { errors: en }, de: { errors: de } } }),
};

test('a suspended site says that nothing is lost, and can be tried again', () => {
  renderInHost(<ClosedPage closed="tenant_suspended" />, { plugin });
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(/is suspended/u);
  expect(screen.getByText(/Nothing has been lost/u)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Load again' })).toBeVisible();
  expect(screen.getByRole('main')).toHaveFocus();
});

test('a deleted one does not come back', () => {
  renderInHost(<ClosedPage closed="tenant_deleted" />, { plugin, language: 'de' });
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(/wird gelöscht/u);
  expect(screen.queryByRole('button')).toBeNull();
});
