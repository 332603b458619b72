import { type Texts, byFolder } from './folders.ts';

/** English texts of the host, by folder: `app.*`, `design.*`, and one for each feature. */
export const english = byFolder(
  import.meta.glob<Texts>(['../en.json', '../../design/en.json', '../../features/*/en.json'], {
    eager: true,
    import: 'default',
  }),
);
