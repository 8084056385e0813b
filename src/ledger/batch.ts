/**
 * One batch of commands inside one transaction: the locked heads, the one time that all of it bears,
 * and the journal entries that it will append. Verbs write through it; the writer opens and flushes it.
 */
import assert from 'node:assert/strict';
import type { FilingMessage } from '../domain/filing.ts';
import type { HoldReason } from '../domain/invoice.ts';
import type { InvoiceNumber } from '../domain/invoice-number.ts';
import type { Period } from '../domain/period.ts';
import { type TaipeiDate, type TaipeiDateTime, taipeiDateOf } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import { entryHash } from './journal.ts';
import type { Random, StoreTransaction } from './ports.ts';
import type { EntryRow, FilingRow, SellerHead } from './rows.ts';

/** Facts of a filing that its event knows; the batch adds sequence and first state. */
export interface FilingFacts {
  readonly seller: Ubn;
  readonly message: FilingMessage;
  readonly period: Period;
  readonly invoiceNumber: InvoiceNumber | '';
  readonly version: number;
  readonly allowanceNumber: string;
  /** Of a number message only. */
  readonly numbers?: string;
  readonly eventAt: TaipeiDateTime;
  readonly reason: string;
  readonly remark?: string;
  /** Exchange messages only. */
  readonly partner?: Ubn;
  readonly keyDate: TaipeiDate;
  readonly dueAt: TaipeiDateTime;
  readonly holds: readonly HoldReason[];
  /** With hold `edit-window`. */
  readonly releaseAt?: TaipeiDateTime | null;
}

export class Batch {
  readonly transaction: StoreTransaction;
  readonly now: TaipeiDateTime;
  readonly random: Random;
  readonly #heads = new Map<Ubn, SellerHead>();
  readonly #changed = new Set<Ubn>();
  readonly #entries: EntryRow[] = [];

  constructor(
    transaction: StoreTransaction,
    heads: readonly SellerHead[],
    now: TaipeiDateTime,
    random: Random,
  ) {
    this.transaction = transaction;
    this.now = now;
    this.random = random;
    for (const head of heads) this.#heads.set(head.seller, head);
  }

  get today(): TaipeiDate {
    return taipeiDateOf(this.now);
  }

  knows(seller: Ubn): boolean {
    return this.#heads.has(seller);
  }

  head(seller: Ubn): SellerHead {
    const head = this.#heads.get(seller);
    assert(head !== undefined, 'a verb touches only sellers whose heads are locked');
    return head;
  }

  /** Appends one journal entry for one item; returns its sequence. */
  append(seller: Ubn, verb: string, actor: string, subject: string, contentHash: string): number {
    const head = this.head(seller);
    const facts = {
      seller,
      sequence: head.sequence + 1,
      at: this.now,
      verb,
      actor,
      subject,
      contentHash,
      previousHash: head.hash,
    };
    const hash = entryHash(facts);
    this.#entries.push({ ...facts, hash });
    this.#save({ ...head, sequence: facts.sequence, hash });
    return facts.sequence;
  }

  /** Makes the row of a new filing: held while it has a reason to be, else ready. */
  file(facts: FilingFacts): FilingRow {
    const head = this.head(facts.seller);
    const sequence = head.filingSequence + 1;
    this.#save({ ...head, filingSequence: sequence });
    return {
      seller: facts.seller,
      sequence,
      message: facts.message,
      period: facts.period,
      invoiceNumber: facts.invoiceNumber,
      version: facts.version,
      allowanceNumber: facts.allowanceNumber,
      partner: facts.partner ?? '',
      eventAt: facts.eventAt,
      reason: facts.reason,
      remark: facts.remark ?? '',
      keyDate: facts.keyDate,
      state: facts.holds.length > 0 ? 'held' : 'ready',
      holds: facts.holds,
      releaseAt: facts.releaseAt ?? null,
      attempts: 0,
      fileName: '',
      isWritten: false,
      createdAt: this.now,
      dueAt: facts.dueAt,
      handedAt: null,
      sentAt: null,
      settledAt: null,
      resultCode: '',
      resultText: '',
      numbers: facts.numbers ?? '',
      summarizedOn: null,
    };
  }

  /**
   * Next allowance number: the minute (`yyyyMMddHHmm`) and four digits, always above the last one
   * given, so that none repeats; past 9,999 in a minute it runs on into the next minute's range.
   */
  nextAllowanceNumber(seller: Ubn): string {
    const head = this.head(seller);
    const minute = BigInt(`${this.now.slice(0, 16).replace(/\D/g, '')}0001`);
    const afterLast = head.allowanceNumber === '' ? 0n : BigInt(head.allowanceNumber) + 1n;
    const allowanceNumber = (afterLast > minute ? afterLast : minute).toString();
    this.#save({ ...head, allowanceNumber });
    return allowanceNumber;
  }

  /** Writes the entries and the heads that moved; the last thing before the commit. */
  async flush(): Promise<void> {
    if (this.#changed.size === 0) return;
    await this.transaction.insertEntries(this.#entries);
    await this.transaction.saveHeads([...this.#changed].map((seller) => this.head(seller)));
  }

  #save(head: SellerHead): void {
    this.#heads.set(head.seller, head);
    this.#changed.add(head.seller);
  }
}
