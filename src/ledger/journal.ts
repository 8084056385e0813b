/**
 * The journal 日誌: append-only and hash-chained per seller. An entry's hash covers every field of it and
 * the hash before it, so that a changed, missing or moved entry shows at that very entry.
 */
import { hash } from 'node:crypto';
import type { EntryRow } from './rows.ts';

/** Hash that the first entry of a chain names as its predecessor. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 of a text in UTF-8, lower-case hex. */
export function contentHash(text: string): string {
  return hash('sha256', text, 'hex');
}

/**
 * The hash of an entry: SHA-256 over its fields in this order, one a line. None of them can hold a line
 * feed: they are made of digits, hex, verbs, account ids and document numbers.
 */
export function entryHash(entry: Omit<EntryRow, 'hash'>): string {
  const { seller, sequence, at, verb, actor, subject } = entry;
  const event = `${seller}\n${sequence}\n${at}\n${verb}\n${actor}\n${subject}`;
  return contentHash(`${event}\n${entry.contentHash}\n${entry.previousHash}`);
}

/** What `verify` found wrong: the entry and how. */
export interface ChainBreak {
  readonly seller: string;
  readonly sequence: number;
  readonly problem: string;
}

/**
 * Checks consecutive entries of one seller against the entry before them (null at the start of the
 * chain). Returns the first break, or null.
 */
export function findChainBreak(
  previous: Pick<EntryRow, 'sequence' | 'hash'> | null,
  entries: readonly EntryRow[],
): ChainBreak | null {
  let sequence = previous?.sequence ?? 0;
  let hashBefore = previous?.hash ?? GENESIS_HASH;
  for (const entry of entries) {
    sequence += 1;
    const at = { seller: entry.seller, sequence: entry.sequence };
    if (entry.sequence !== sequence) {
      return { ...at, problem: `entry ${sequence} is missing before entry ${entry.sequence}` };
    }
    if (entry.previousHash !== hashBefore) {
      return { ...at, problem: 'does not name the hash of the entry before it' };
    }
    if (entry.hash !== entryHash(entry)) {
      return { ...at, problem: 'its fields do not give its hash' };
    }
    hashBefore = entry.hash;
  }
  return null;
}
