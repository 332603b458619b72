import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Contributions, PluginBlock, Slot, definePlugin } from '../src/index.ts';
import { renderInHost } from '../src/testing.ts';

let fail = true;

const contributions = {
  slots: [
    { slot: 'dashboard.main', view: 'Second', order: 20 },
    { slot: 'dashboard.main', view: 'First', order: 10 },
    { slot: 'dashboard.aside', view: 'Broken' },
    { slot: 'dashboard.aside', view: 'First' },
    { slot: 'profile.main', view: 'First', permission: 'points.rules.manage' },
    { slot: 'course.aside', view: 'ForCourse' },
  ],
  blocks: [{ type: 'demo.note', view: 'Note' }],
} as const satisfies Contributions;

const definition = definePlugin(contributions, {
  views: {
    First: () => <p>first</p>,
    Second: () => <p>second</p>,
    Broken: (): ReactNode => {
      if (fail) throw new RangeError('on purpose');
      return <p>mended</p>;
    },
    ForCourse: ({ courseSlug }: { readonly courseSlug: string }) => <p>course {courseSlug}</p>,
    Note: ({ block, onProgress }: { readonly block: { readonly data: { text: string } }; readonly onProgress: () => void }) => (
      <button type="button" onClick={onProgress}>
        {block.data.text}
      </button>
    ),
  },
});

const plugin = { manifest: { id: 'demo', title: 'Demo', version: '1.2.3', contributions }, definition };

beforeEach(() => {
  fail = true;
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('a slot shows its views in order', async () => {
  renderInHost(<Slot name="dashboard.main" />, { plugin });
  await screen.findByText('first');
  expect(document.body.textContent).toBe('firstsecond');
});

test('a view that throws is replaced by a card naming plugin, version and error; its neighbours stay; it can be retried', async () => {
  renderInHost(<Slot name="dashboard.aside" />, { plugin });
  expect(await screen.findByText('Demo could not be shown here')).toBeVisible();
  expect(screen.getByText('Plugin demo 1.2.3: RangeError')).toBeVisible();
  expect(screen.getByText('first')).toBeVisible();
  fail = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('mended')).toBeVisible();
});

test('a view that needs a permission is not drawn without it', async () => {
  const { unmount } = renderInHost(<Slot name="profile.main" />, { plugin });
  expect(document.body.textContent).toBe('');
  unmount();
  renderInHost(<Slot name="profile.main" />, { plugin, user: { permissions: ['points.rules.manage'] } });
  expect(await screen.findByText('first')).toBeVisible();
});

test('a slot passes its props on and lets the host wrap each view', async () => {
  renderInHost(
    <Slot
      name="course.aside"
      props={{ courseId: 'c1', courseSlug: 'ai' }}
      wrap={(view, { plugin: { id } }) => (
        <section key={id} aria-label={id}>
          {view}
        </section>
      )}
    />,
    { plugin },
  );
  expect(await screen.findByText('course ai')).toBeVisible();
  expect(screen.getByRole('region', { name: 'demo' })).toBeVisible();
});

test('a block is drawn by the plugin that knows its type', async () => {
  const onProgress = vi.fn();
  const lesson = { id: 'l', title: 'L', kind: 'lesson', status: 'new', course: { id: 'c', slug: 'c', title: 'C' } } as const;
  const block = (type: string): ReactNode => (
    <PluginBlock block={{ id: 'b', type, data: { text: 'hello' } }} lesson={lesson} onProgress={onProgress} />
  );
  const { unmount } = renderInHost(block('demo.note'), { plugin });
  await userEvent.click(await screen.findByRole('button', { name: 'hello' }));
  expect(onProgress).toHaveBeenCalledOnce();
  unmount();
  renderInHost(block('other.thing'), { plugin });
  expect(screen.getByText(/needs a plugin that is not available: other.thing/u)).toBeVisible();
});
