import { useSearchParams } from 'react-router';

interface AddressParams {
  readonly params: URLSearchParams;
  /** Sets a word, or takes it away where the value is empty. */
  readonly change: (name: string, value: string) => void;
  readonly clear: () => void;
}

/** What the address says after its question mark; changes make no new entry in the history. */
export function useAddressParams(): AddressParams {
  const [params, setParams] = useSearchParams();
  const change = (name: string, value: string): void =>
    setParams(
      (old) => {
        const changed = new URLSearchParams(old);
        if (value === '') changed.delete(name);
        else changed.set(name, value);
        return changed;
      },
      { replace: true, preventScrollReset: true },
    );
  return { params, change, clear: () => setParams({}, { replace: true }) };
}
