interface FontFile {
  readonly family: string;
  readonly file: string;
  readonly weight: string;
  readonly style: string;
}

/** The part of a theme's `tokens.json` that names its font files; see themes/README.md. */
export interface FontList {
  readonly $extensions: { readonly questline: { readonly fonts: readonly FontFile[] } };
}

/** Makes a theme's upright fonts known to this page; `base` is the folder that its tokens lie in. */
export function addFonts(base: string, tokens: FontList): void {
  for (const { family, file, weight, style } of tokens.$extensions.questline.fonts) {
    if (style !== 'normal') continue;
    const face = new FontFace(family, `url("${base}/fonts/${file}")`, { weight });
    document.fonts.add(face);
    void face.load().catch(() => document.fonts.delete(face));
  }
}

/** Fetches a theme's list of fonts and makes them known to this page. */
export async function loadFonts(base: string): Promise<void> {
  const response = await fetch(`${base}/tokens.json`);
  if (!response.ok) throw new Error(`The theme's tokens answered ${String(response.status)}.`);
  addFonts(base, (await response.json()) as FontList);
}
