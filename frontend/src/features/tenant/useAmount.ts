import { useFormat } from '@questline/ui-sdk';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** An amount in the words of its kind: bytes in larger units, millionths as units. */
export function useAmount(name: string): (amount: number) => string {
  const format = useFormat();
  if (name === 'ai_micros_per_month') return (amount) => format.number(amount / 1e6);
  if (name !== 'storage_bytes') return (amount) => format.number(amount);
  return (amount) => {
    const step = Math.min(Math.floor(Math.log10(Math.max(amount, 1)) / 3), UNITS.length - 1);
    return `${format.number(Math.round((amount / 1000 ** step) * 10) / 10)} ${UNITS[step] ?? 'B'}`;
  };
}
