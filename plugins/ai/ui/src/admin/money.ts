import type { Formatters } from '@questline/ui-sdk';

/** An amount of micro-units as money; small amounts with the digits they need. */
export function money(format: Formatters, micros: number, currency: string): string {
  const value = micros / 1_000_000;
  const small = value !== 0 && Math.abs(value) < 1;
  return format.number(value, { style: 'currency', currency, maximumFractionDigits: small ? 4 : 2 });
}

/** What was typed as an amount, in micro-units; undefined where it is none. */
export function microsOf(text: string): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) || value < 0 || value > 1e9 ? undefined : Math.round(value * 1_000_000);
}
