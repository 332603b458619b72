import { useGetCourseQuery, useListCatalogueQuery } from '../../api/index.ts';

/** A page that the preview can show. */
export interface PreviewPage {
  readonly key: string;
  readonly path: string;
}

/** Pages that every site has, and those of its first course where it has one. */
export function usePages(): readonly PreviewPage[] {
  const { data: catalogue } = useListCatalogueQuery({ limit: 1 });
  const slug = catalogue?.items[0]?.slug;
  const { data: course } = useGetCourseQuery(slug ?? '', { skip: slug === undefined });
  const lesson = course?.modules.flatMap((module) => module.lessons).find(({ kind }) => kind === 'lesson');
  return [
    { key: 'dashboard', path: '/' },
    { key: 'catalogue', path: '/catalogue' },
    ...(slug === undefined ? [] : [{ key: 'course', path: `/courses/${slug}` }]),
    ...(lesson === undefined ? [] : [{ key: 'lesson', path: `/lessons/${lesson.id}` }]),
    { key: 'log_in', path: '/log-in' },
    { key: 'settings', path: '/settings' },
  ];
}
