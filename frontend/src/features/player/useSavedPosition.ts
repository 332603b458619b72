import { type RefObject, useEffect } from 'react';
import { type Lesson, useSavePositionMutation } from '../../api/index.ts';

const READING_PAUSE = 1500;

/** Tells the server which block is being read, once the reader stays with it for a moment. */
export function useSavedPosition(lesson: Lesson, blocks: RefObject<HTMLElement | null>): void {
  const [savePosition] = useSavePositionMutation();
  const { id: lessonId } = lesson;
  useEffect(() => {
    if (blocks.current === null) return undefined;
    let saved: string | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const seen = new Set<Element>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) seen.add(entry.target);
          else seen.delete(entry.target);
        }
        const first = [...(blocks.current?.children ?? [])].find((element) => seen.has(element));
        const block = first instanceof HTMLElement ? first.dataset.block : undefined;
        clearTimeout(timer);
        if (block === undefined || block === saved) return;
        timer = setTimeout(() => {
          saved = block;
          void savePosition({ lessonId, savePosition: { block_id: block } });
        }, READING_PAUSE);
      },
      { rootMargin: '-96px 0px -40% 0px' },
    );
    for (const element of blocks.current.children) observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [lessonId, blocks, savePosition]);
}
