/** Things worth a person's look that happened within a day: the last of them, and no more than a page. */

export interface Noted {
  readonly atMs: number;
  readonly subject: string;
}

/** An alarm about a single event ends after this long. */
const KEPT_MS = 24 * 3_600_000;
const KEPT_MAX = 100;

export class Recent<T extends Noted> {
  #items: readonly T[] = [];

  add(item: T): void {
    // Told once: the same file is read again after a restart or when it changes.
    const others = this.#items.filter(({ subject }) => subject !== item.subject);
    this.#items = [...others, item].slice(-KEPT_MAX);
  }

  since(nowMs: number): readonly T[] {
    this.#items = this.#items.filter(({ atMs }) => nowMs - atMs < KEPT_MS);
    return this.#items;
  }
}
