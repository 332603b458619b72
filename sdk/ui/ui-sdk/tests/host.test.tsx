import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode, act, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { expect, test } from 'vitest';
import {
  LevelBar,
  PointsPill,
  ProgressRing,
  definePlugin,
  useCelebrate,
  useLive,
  useNotify,
  useSite,
  useUser,
} from '../src/index.ts';
import { renderInHost } from '../src/testing.ts';

function Everything(): ReactNode {
  const { t } = useTranslation('demo');
  const user = useUser();
  const site = useSite();
  const celebrate = useCelebrate();
  const notify = useNotify();
  const [amount, setAmount] = useState(0);
  useLive<{ amount: number }>('demo.awarded', (payload) => setAmount(amount + payload.amount));
  const cheer = (): void => {
    celebrate({ kind: 'points', title: 'Well done' });
    notify({ message: 'Saved' });
  };
  return (
    <button type="button" onClick={cheer}>
      {t('hello', { name: user?.display_name })} {site?.name} {amount}
    </button>
  );
}

const plugin = {
  manifest: { id: 'demo' },
  definition: definePlugin({}, { views: {}, resources: { en: { hello: 'Hello {{name}}' }, de: { hello: 'Hallo {{name}}' } } }),
};

test('a part finds user, site, texts, live messages, celebrations and notices', async () => {
  const host = renderInHost(<Everything />, { plugin });
  act(() => {
    host.emit('demo.awarded', { amount: 2 });
    host.emit('demo.other', { amount: 100 });
  });
  act(() => host.emit('demo.awarded', { amount: 3 }));
  await userEvent.click(screen.getByRole('button', { name: 'Hello Ada Test site 5' }));
  expect(host.celebrations).toEqual([{ kind: 'points', title: 'Well done' }]);
  expect(host.notices).toEqual([{ message: 'Saved' }]);
});

test('texts come in the chosen language', () => {
  renderInHost(<Everything />, { plugin, language: 'de' });
  expect(screen.getByRole('button', { name: /^Hallo Ada/u })).toBeVisible();
});

test('progress is told to screen readers', () => {
  renderInHost(
    <>
      <ProgressRing value={140} label="Course" />
      <PointsPill points={1200} />
      <LevelBar
        level={{ number: 2, title: 'Scout', floor: 100 }}
        next={{ number: 3, title: 'Guide', floor: 300 }}
        points={150}
      />
    </>,
  );
  expect(screen.getByRole('progressbar', { name: 'Course' })).toHaveAttribute('aria-valuenow', '100');
  expect(screen.getByRole('img', { name: '1,200 points' })).toBeVisible();
  expect(screen.getByRole('progressbar', { name: 'Level 2: Scout' })).toHaveAttribute('aria-valuenow', '25');
  expect(screen.getByText('150 to Guide')).toBeVisible();
});
