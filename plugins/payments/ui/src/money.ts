import { useFormat } from '@questline/ui-sdk';

interface InCurrency {
  readonly currency: string | null;
  readonly exponent: number;
}

/** A function that writes minor units of a currency as the reader's language writes money. */
export function useMoney(): (amount: number, of: InCurrency) => string {
  const format = useFormat();
  return (amount, { currency, exponent }) => {
    const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
    const value = amount / 10 ** exponent;
    return currency === null ? format.number(value, digits) : format.number(value, { style: 'currency', currency, ...digits });
  };
}

/** How many digits a currency has after the point (ISO 4217); undefined for what is no currency. */
export function exponentOf(currency: string): number | undefined {
  if (!/^[A-Z]{3}$/u.test(currency)) return undefined;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
}

/** What was typed as an amount, in minor units, with a point or a comma; undefined where it is none. */
export function minorOf(text: string, exponent: number): number | undefined {
  const found = /^(\d{1,10})(?:[.,](\d*))?$/u.exec(text.trim());
  if (found === null) return undefined;
  const [, whole = '', part = ''] = found;
  return part.length > exponent ? undefined : Number(whole + part.padEnd(exponent, '0'));
}

/** Minor units as they are typed: 4900 as 49.00. */
export function typed(amount: number, exponent: number): string {
  return (amount / 10 ** exponent).toFixed(exponent);
}
