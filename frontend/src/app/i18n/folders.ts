/** Texts of one folder of the application. */
export type Texts = Readonly<Record<string, unknown>>;

/** Puts each file's texts under its folder's name: `features/player/en.json` becomes `player.*`. */
export function byFolder(files: Readonly<Record<string, Texts>>): Record<string, Texts> {
  return Object.fromEntries(
    Object.entries(files).map(([path, texts]) => [path.split('/').at(-2) ?? path, texts] as const),
  );
}
