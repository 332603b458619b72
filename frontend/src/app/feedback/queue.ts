/** A list that components follow: the first entry is shown, then removed. */
export class Queue<Entry> {
  readonly #listeners = new Set<() => void>();
  #entries: readonly { readonly key: number; readonly value: Entry }[] = [];
  #next = 0;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** The same array until it changes. */
  getSnapshot = (): readonly { readonly key: number; readonly value: Entry }[] => this.#entries;

  /** Adds an entry at the end. */
  push(value: Entry): void {
    this.#next += 1;
    this.#set([...this.#entries, { key: this.#next, value }]);
  }

  /** Removes an entry. */
  remove(key: number): void {
    this.#set(this.#entries.filter((entry) => entry.key !== key));
  }

  #set(entries: readonly { readonly key: number; readonly value: Entry }[]): void {
    this.#entries = entries;
    for (const listener of this.#listeners) listener();
  }
}
