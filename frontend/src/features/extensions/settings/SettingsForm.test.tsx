import { definePlugin } from '@questline/ui-sdk';
import { renderInHost } from '@questline/ui-sdk/testing';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { PluginSettingsForm } from '../../../api/console/index.ts';
import de from '../texts/de.json';
import en from '../texts/en.json';
import { SettingsForm } from './SettingsForm.tsx';

const contributions = {} as const;
const plugin = {
  manifest: { id: 'extensions', contributions },
  definition: definePlugin(contributions, { views: {}, resources: { en, de } }),
};
const FORM: PluginSettingsForm = {
  plugin_id: 'walls',
  course_id: null,
  schema: {
    type: 'object',
    properties: {
      colour: { type: 'string', title: 'Colour' },
      size: { type: 'integer', title: 'Size' },
      key: { type: 'string', title: 'Key', writeOnly: true },
      steps: {
        type: 'array',
        title: 'Steps',
        items: { type: 'object', properties: { name: { type: 'string' }, height: { type: 'integer' } } },
      },
    },
  },
  values: { colour: 'blue', size: 4, key: '', steps: [{ name: 'first', height: 1 }] },
  inherited: { colour: 'red', size: 4, key: '', steps: [{ name: 'first', height: 1 }] },
  own: ['colour', 'key'],
  sources: {
    colour: { level: 'default' },
    size: { level: 'pack', pack: 'bright' },
    key: { level: 'default' },
    steps: { level: 'system' },
  },
  filled_secrets: ['key'],
};

function open(problem?: unknown): { readonly saved: ReturnType<typeof vi.fn<(values: Record<string, unknown>) => void>> } {
  const saved = vi.fn<(values: Record<string, unknown>) => void>();
  renderInHost(
    <SettingsForm form={FORM} packs={new Map([['bright', 'Bright']])} problem={problem} busy={false} onSave={saved} />,
    { plugin },
  );
  return { saved };
}

test('each setting says where its value comes from', () => {
  open();
  expect(screen.getAllByText('Set for this site')).toHaveLength(2);
  expect(screen.getByText('Inherited from the pack Bright')).toBeVisible();
  expect(screen.getByText("Inherited from the operator's questline.toml")).toBeVisible();
  expect(screen.getByRole('button', { name: 'Save settings' })).toBeDisabled();
});

test('only what is set here is sent; a secret that is left blank is kept', async () => {
  const user = userEvent.setup();
  const { saved } = open();
  await user.clear(screen.getByLabelText('Size'));
  await user.type(screen.getByLabelText('Size'), '7');
  await user.click(screen.getByRole('button', { name: 'Save settings' }));
  expect(saved).toHaveBeenCalledWith({ colour: 'blue', key: '', size: 7 });
});

test('a setting is reset to what it inherits', async () => {
  const user = userEvent.setup();
  const { saved } = open();
  await user.click(screen.getByRole('button', { name: 'Reset to red: Colour' }));
  expect(screen.getByLabelText('Colour')).toHaveValue('red');
  expect(screen.getByText("Inherited from the plugin's default")).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Save settings' }));
  expect(saved).toHaveBeenCalledWith({ key: '' });
});

test('a stored secret is never shown, only that there is one', () => {
  open();
  expect(screen.getByLabelText('Key')).toHaveValue('');
  expect(screen.getByPlaceholderText('Stored. Type to replace it.')).toBeVisible();
});

test('rows are added, changed and removed', async () => {
  const user = userEvent.setup();
  const { saved } = open();
  await user.click(screen.getByRole('button', { name: 'Add a row' }));
  await user.type(screen.getByLabelText('Name, row 2'), 'second');
  expect(screen.getByLabelText('Height, row 2')).toHaveValue(2);
  await user.click(screen.getByRole('button', { name: 'Remove row 1' }));
  await user.click(screen.getByRole('button', { name: 'Save settings' }));
  expect(saved).toHaveBeenCalledWith({ colour: 'blue', key: '', steps: [{ name: 'second', height: 2 }] });
});

test('a problem stands beside its field, and in a list beside its row', () => {
  open({
    status: 422,
    code: 'invalid_input',
    title: '',
    errors: [
      { field: 'size', message: 'too small' },
      { field: 'steps[0].height', message: 'too low' },
      { field: 'values', message: 'not together' },
    ],
  });
  expect(screen.getByLabelText('Size')).toHaveAccessibleDescription('too small');
  expect(screen.getByLabelText('Height, row 1')).toHaveAccessibleDescription('too low');
  expect(screen.getByRole('alert')).toHaveTextContent('not together');
});
