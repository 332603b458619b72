import { type ReactNode, Suspense, lazy, useSyncExternalStore } from 'react';
import { isUpdateReady, subscribeToUpdates } from '../updates.ts';
import { celebrations, notices } from './notices.ts';

const CelebrationCard = lazy(() => import('../../design/celebration/CelebrationCard.tsx'));
const NoticeMessage = lazy(async () => ({ default: (await import('./Messages.tsx')).NoticeMessage }));
const UpdateMessage = lazy(async () => ({ default: (await import('./Messages.tsx')).UpdateMessage }));

/** Shows waiting messages and celebrations, one of each at a time; their code is fetched with the first of them. */
export function FeedbackLayer(): ReactNode {
  const [notice] = useSyncExternalStore(notices.subscribe, notices.getSnapshot);
  const [celebration] = useSyncExternalStore(celebrations.subscribe, celebrations.getSnapshot);
  const updateReady = useSyncExternalStore(subscribeToUpdates, isUpdateReady);
  return (
    <>
      <Suspense fallback={null}>{updateReady && <UpdateMessage />}</Suspense>
      <Suspense fallback={null}>
        {notice !== undefined && (
          <NoticeMessage key={notice.key} notice={notice.value} onDone={() => notices.remove(notice.key)} />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {celebration !== undefined && (
          <CelebrationCard
            key={celebration.key}
            celebration={celebration.value}
            onDone={() => celebrations.remove(celebration.key)}
          />
        )}
      </Suspense>
    </>
  );
}
