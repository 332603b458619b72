type Translate = (key: string, options: Record<string, unknown>) => string;

/** The parts of a badge that are text. */
export type BadgeText = 'title' | 'description' | 'hint';

/** A badge's text in the user's language where the badge is one that ships with the plugin. */
export function badgeText(
  translate: Translate,
  badge: { readonly slug: string } & Readonly<Partial<Record<BadgeText, string>>>,
  part: BadgeText,
): string {
  return translate(`known.${badge.slug}.${part}`, { defaultValue: badge[part] ?? '' });
}
