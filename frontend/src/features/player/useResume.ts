import { useNotify } from '@questline/ui-sdk';
import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '../../api/index.ts';

/** Opens a lesson that was begun where the reader left it. */
export function useResume(lesson: Lesson, blocks: RefObject<HTMLElement | null>): void {
  const { t } = useTranslation();
  const notify = useNotify();
  const { id, block_id: blockId, status } = lesson;
  useEffect(() => {
    if (status !== 'started' || blockId === null) return undefined;
    const block = [...(blocks.current?.children ?? [])].find(
      (element) => element instanceof HTMLElement && element.dataset.block === blockId,
    );
    if (block === undefined || block === blocks.current?.firstElementChild) return undefined;
    const frame = requestAnimationFrame(() => {
      block.scrollIntoView({ block: 'start', behavior: 'instant' });
      notify({ message: t('player.resumed'), severity: 'info' });
    });
    return () => cancelAnimationFrame(frame);
    // Only the place that was saved before the lesson was opened counts.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id]);
}
