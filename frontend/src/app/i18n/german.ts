import { type Texts, byFolder } from './folders.ts';

/** German texts of the host, by folder: `app.*`, `design.*`, and one for each feature. */
export const german = byFolder(
  import.meta.glob<Texts>(['../de.json', '../../design/de.json', '../../features/*/de.json'], {
    eager: true,
    import: 'default',
  }),
);
