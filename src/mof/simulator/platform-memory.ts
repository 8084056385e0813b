/**
 * What the simulated platform has stored, in small files: one for a hundred neighbouring invoice numbers,
 * one for a sixteenth of a seller's allowances of a day. Only what the envelope at hand touches is in
 * memory; `flush` writes it back and forgets it.
 */
import { join } from 'node:path';
import { type Layout, readIfThere, writeWhole } from './layout.ts';

export interface StoredInvoice {
  readonly state: 'stored' | 'voided' | 'annulled';
  /** `yyyyMMdd` of the invoice. */
  readonly date: string;
  /** TotalAmount in 10^-7 dollars, as text. */
  readonly total: string;
  /** Live allowances by number: amount with tax, as text. */
  readonly allowances: readonly (readonly [number: string, amount: string])[];
  /** Exchange messages about it that were taken. */
  readonly acts?: readonly string[];
}

export interface StoredAllowance {
  readonly state: 'live' | 'voided';
  /** The invoices that it credits. */
  readonly invoices: readonly { readonly number: string; readonly date: string }[];
  /** Exchange messages about it that were taken. */
  readonly acts?: readonly string[];
}

/** An invoice as another message names it. */
export interface InvoiceName {
  readonly seller: string;
  readonly number: string;
  /** `yyyyMMdd`. */
  readonly date: string;
}

/** Track and type of a seller in a period, and by which message. */
export interface RangesName extends InvoiceName {
  readonly kind: string;
}

/** Numbers of a track and type that a head office gave to a branch. */
export interface BranchRange {
  readonly branch: string;
  readonly first: number;
  readonly last: number;
}
/** Whose numbers of a period, and of which track and type (`KA07`). */
export interface BranchTrackName {
  readonly head: string;
  readonly period: string;
  readonly track: string;
}

type Bucket = Map<string, unknown>;

export class PlatformMemory {
  readonly #layout: Layout;
  readonly #buckets = new Map<string, Bucket>();
  readonly #changed = new Set<string>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  async invoice(name: InvoiceName): Promise<StoredInvoice | null> {
    const bucket = await this.#bucket(this.#invoicePath(name));
    // Only `putInvoice` writes into this file.
    return (bucket.get(name.number) as StoredInvoice | undefined) ?? null;
  }

  async putInvoice(name: InvoiceName, invoice: StoredInvoice): Promise<void> {
    await this.#put(this.#invoicePath(name), name.number, invoice);
  }

  async allowance(name: InvoiceName): Promise<StoredAllowance | null> {
    const bucket = await this.#bucket(this.#allowancePath(name));
    // Only `putAllowance` writes into this file.
    return (bucket.get(name.number) as StoredAllowance | undefined) ?? null;
  }

  async putAllowance(name: InvoiceName, allowance: StoredAllowance): Promise<void> {
    await this.#put(this.#allowancePath(name), name.number, allowance);
  }

  /** Ranges of one track that were reported before, as `first-last`. */
  async ranges(name: RangesName): Promise<readonly string[]> {
    const bucket = await this.#bucket(this.#rangesPath(name));
    // Only `putRanges` writes into this file.
    return (bucket.get(name.kind) as readonly string[] | undefined) ?? [];
  }

  async putRanges(name: RangesName, ranges: readonly string[]): Promise<void> {
    await this.#put(this.#rangesPath(name), name.kind, ranges);
  }

  async branchRanges(name: BranchTrackName): Promise<readonly BranchRange[]> {
    const bucket = await this.#bucket(this.#branchPath(name));
    // Only `putBranchRanges` writes into this file.
    return (bucket.get(name.track) as readonly BranchRange[] | undefined) ?? [];
  }

  async putBranchRanges(name: BranchTrackName, ranges: readonly BranchRange[]): Promise<void> {
    await this.#put(this.#branchPath(name), name.track, ranges);
  }

  /** Writes what changed and forgets everything. */
  async flush(atMs: number): Promise<void> {
    for (const path of this.#changed) {
      const bucket = this.#buckets.get(path) ?? new Map();
      await writeWhole(this.#layout, path, JSON.stringify([...bucket]), atMs);
    }
    this.forget();
  }

  /** Forgets what was not flushed. */
  forget(): void {
    this.#buckets.clear();
    this.#changed.clear();
  }

  async #put(path: string, key: string, value: unknown): Promise<void> {
    (await this.#bucket(path)).set(key, value);
    this.#changed.add(path);
  }

  async #bucket(path: string): Promise<Bucket> {
    const known = this.#buckets.get(path);
    if (known !== undefined) return known;
    const text = await readIfThere(path);
    // Written by `flush` as the entries of such a map.
    const bucket: Bucket = new Map(text === null ? [] : (JSON.parse(text) as [string, unknown][]));
    this.#buckets.set(path, bucket);
    return bucket;
  }

  /** Numbers recur in later years: the two-month period is part of the place. */
  #invoicePath({ seller, number, date }: InvoiceName): string {
    const month = Number(date.slice(4, 6));
    const period = `${date.slice(0, 4)}${String(month + (month % 2)).padStart(2, '0')}`;
    const hundred = `invoices-${seller}-${period}-${number.slice(0, 8)}.json`;
    return join(this.#layout.memory, 'invoices', seller, period, hundred);
  }

  #rangesPath({ seller, number, date }: RangesName): string {
    const name = `ranges-${seller}-${date}-${number}.json`;
    return join(this.#layout.memory, 'ranges', seller, name);
  }

  #branchPath({ head, period }: BranchTrackName): string {
    return join(this.#layout.memory, 'branches', head, `branches-${head}-${period}.json`);
  }

  #allowancePath({ seller, number, date }: InvoiceName): string {
    const sixteenth = [...number].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 16;
    const name = `allowances-${seller}-${date}-${sixteenth}.json`;
    return join(this.#layout.memory, 'allowances', seller, date, name);
  }
}
