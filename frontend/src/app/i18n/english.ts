import { type Texts, byFolder } from './folders.ts';

/** English texts of the host, by folder: `app.*`, `design.*`, and one for each feature. */
export const english = byFolder(
  import.meta.glob<Texts>(['/src/app/en.json', '/src/design/en.json', '/src/features/*/en.json'], {
    eager: true,
    import: 'default',
  }),
);
