/**
 * Runs the same claims on every engine: SQLite in a temporary folder, PostgreSQL in a database of its own.
 * Also the simulated clock and the seeded randomness that make a run reproducible.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { Clock, Random, Store } from '../../src/ledger/ports.ts';
import { openStore } from '../../src/storage/open.ts';
import { openTestDatabase } from './postgres.ts';

export interface OpenedStore {
  readonly store: Store;
  /** Opens another store over the same data, as after a restart. */
  reopen(): Promise<Store>;
  /** Closes the store and removes its data. */
  remove(): Promise<void>;
}

export const ENGINES: Readonly<Record<Store['engine'], () => Promise<OpenedStore>>> = {
  sqlite: openTestSqlite,
  postgres: openTestPostgres,
};

/** Declares the claims once for each engine. */
export function onEveryEngine(
  claims: (open: () => Promise<OpenedStore>, engine: string) => void,
): void {
  for (const [engine, open] of Object.entries(ENGINES)) {
    describe(engine, () => claims(open, engine));
  }
}

async function openTestSqlite(): Promise<OpenedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-test-'));
  const reopen = () => openStore({ engine: 'sqlite', path: join(folder, 'kaili.db') });
  const store = await reopen();
  return {
    store,
    reopen,
    async remove() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openTestPostgres(): Promise<OpenedStore> {
  const database = await openTestDatabase();
  const reopen = () => openStore({ engine: 'postgres', url: database.url });
  const store = await reopen();
  return {
    store,
    reopen,
    async remove() {
      await store.close();
      await database.drop();
    },
  };
}

/** A clock that stands still until it is moved. Set it by Taipei wall time. */
export class TestClock implements Clock {
  #epochMs: number;

  constructor(taipei = '2026-11-21 10:00:00') {
    this.#epochMs = TestClock.#parse(taipei);
  }

  static #parse(taipei: string): number {
    return Date.parse(`${taipei.replace(' ', 'T')}+08:00`);
  }

  now(): number {
    return this.#epochMs;
  }

  set(taipei: string): void {
    this.#epochMs = TestClock.#parse(taipei);
  }

  advanceMs(duration: number): void {
    this.#epochMs += duration;
  }
}

/** A small deterministic generator (mulberry32); never for anything but tests. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    integer: (bound) => next() % bound,
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
  };
}
