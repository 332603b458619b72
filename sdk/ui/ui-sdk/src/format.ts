import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from './hooks.ts';

/** Formats numbers and times for one language and time zone. */
export interface Formatters {
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** A number from 0 to 100 as a percentage. */
  percent(value: number): string;
  date(value: string | Date, options?: Intl.DateTimeFormatOptions): string;
  time(value: string | Date): string;
  dateTime(value: string | Date): string;
  /** "3 hours ago", "in 2 days". */
  relative(value: string | Date, now?: Date): string;
  /** A length of time given in minutes: "1 h 20 min". */
  minutes(value: number): string;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** Makes formatters for a BCP 47 locale and an IANA time zone. */
export function createFormatters(locale: string, timeZone: string | undefined): Formatters {
  const zone = timeZone === undefined ? {} : { timeZone };
  const asDate = (value: string | Date): Date => (typeof value === 'string' ? new Date(value) : value);
  const dateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...zone, ...options });
  const unit = (value: number, name: 'hour' | 'minute'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  return {
    number: (value, options) => new Intl.NumberFormat(locale, options).format(value),
    percent: (value) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value / 100),
    date: (value, options) => dateFormat(options ?? { dateStyle: 'medium' }).format(asDate(value)),
    time: (value) => dateFormat({ timeStyle: 'short' }).format(asDate(value)),
    dateTime: (value) => dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(asDate(value)),
    relative: (value, now = new Date()) => {
      const seconds = (asDate(value).getTime() - now.getTime()) / 1000;
      const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
      const step = STEPS.find(([, length]) => Math.abs(seconds) >= length);
      return step === undefined ? format.format(0, 'minute') : format.format(Math.round(seconds / step[1]), step[0]);
    },
    minutes: (value) => {
      const hours = Math.floor(value / 60);
      const rest = Math.round(value % 60);
      if (hours === 0) return unit(rest, 'minute');
      return rest === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(rest, 'minute')}`;
    },
  };
}

/** The regional form of a language that the user asks for, in the profile or in the browser: `en-GB` for `en`. */
export function regionalLocale(language: string, wanted: readonly (string | undefined)[]): string {
  const base = language.split('-', 1)[0];
  return wanted.find((each) => each?.startsWith(`${base}-`)) ?? language;
}

/** Formatters for the user's language, region and time zone. */
export function useFormat(): Formatters {
  const { i18n } = useTranslation();
  const user = useUser();
  const locale = regionalLocale(i18n.language, [user?.locale, ...navigator.languages]);
  const timeZone = user?.time_zone;
  return useMemo(() => createFormatters(locale, timeZone), [locale, timeZone]);
}
