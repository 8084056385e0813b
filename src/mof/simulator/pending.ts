/**
 * Envelopes that were sent and not answered yet, one small file each, so that a restart in the middle of
 * anything goes on where it stopped: first what is about to happen is written, then it is done, and
 * doing it twice changes nothing.
 */
import { join } from 'node:path';
import {
  type Layout,
  namesIn,
  readIfThere,
  removeFile,
  type SimulatedMessage,
  writeWhole,
} from './layout.ts';
import type { Answer, Route } from './result-xml.ts';

export interface Pending {
  readonly route: Route & { readonly message: SimulatedMessage };
  readonly packedAtMs: number;
  readonly envelopePath: string;
  /** Files that went into it, moved out of SRC once this is on disk: from, to. */
  readonly moves: readonly (readonly [from: string, to: string])[];
  /** Set before the platform's memory changes: judged once, whatever happens after. */
  readonly answers: readonly Answer[] | null;
}

/** What is kept in memory of each; the rest is read when its time comes. */
export interface PendingHead {
  readonly id: string;
  readonly packedAtMs: number;
}

export class PendingEnvelopes {
  readonly #layout: Layout;
  readonly #heads = new Map<string, PendingHead>();
  #next = 1;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Reads what an earlier run left. */
  async open(): Promise<readonly Pending[]> {
    this.#next = Number((await readIfThere(this.#counterPath())) ?? '1');
    const found: Pending[] = [];
    for (const name of await namesIn(this.#folder())) {
      if (!name.endsWith('.json')) continue;
      const pending = await this.read(name.slice(0, -'.json'.length));
      if (pending === null) continue;
      found.push(pending);
      this.#remember(pending);
    }
    return found;
  }

  get heads(): readonly PendingHead[] {
    return [...this.#heads.values()];
  }

  /** A number that no envelope had before. */
  async nextNumber(atMs: number): Promise<number> {
    const number = this.#next;
    this.#next += 1;
    await writeWhole(this.#layout, this.#counterPath(), String(this.#next), atMs);
    return number;
  }

  async read(id: string): Promise<Pending | null> {
    const text = await readIfThere(this.#path(id));
    // Written by `save` from this very type.
    return text === null ? null : (JSON.parse(text) as Pending);
  }

  async save(pending: Pending, atMs: number): Promise<void> {
    const path = this.#path(pending.route.envelopeId);
    await writeWhole(this.#layout, path, JSON.stringify(pending), atMs);
    this.#remember(pending);
  }

  async remove(id: string): Promise<void> {
    await removeFile(this.#path(id));
    this.#heads.delete(id);
  }

  #remember({ route: { envelopeId: id }, packedAtMs }: Pending): void {
    this.#heads.set(id, { id, packedAtMs });
  }

  #folder(): string {
    return join(this.#layout.memory, 'pending');
  }
  #path(id: string): string {
    return join(this.#folder(), `${id}.json`);
  }
  #counterPath(): string {
    return join(this.#layout.memory, 'next-envelope');
  }
}
