import en from './locales/en.json';

type Translate = (key: string, options: Record<string, unknown>) => string;

/** The parts of a badge that are text. */
export type BadgeText = 'title' | 'description' | 'hint';

type Texts = Readonly<Partial<Record<BadgeText, string>>>;

const SHIPPED: Readonly<Record<string, Texts>> = en.known;

/** A badge's text in the user's language where it is one that ships with the plugin and has not been changed. */
export function badgeText(
  translate: Translate,
  badge: { readonly slug: string } & Texts,
  part: BadgeText,
): string {
  const text = badge[part] ?? '';
  return SHIPPED[badge.slug]?.[part] === text ? translate(`known.${badge.slug}.${part}`, {}) : text;
}
