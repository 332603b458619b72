import { type Texts, byFolder } from './folders.ts';

/** German texts of the host, by folder: `app.*`, `design.*`, and one for each feature. */
export const german = byFolder(
  import.meta.glob<Texts>(['/src/app/de.json', '/src/design/de.json', '/src/features/*/de.json'], {
    eager: true,
    import: 'default',
  }),
);
