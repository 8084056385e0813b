/** Opens the data of a stopped Kaili and verifies every seller's journal in it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Store } from '../../src/ledger/ports.ts';
import { verifyJournal } from '../../src/ledger/verify.ts';
import { openStore } from '../../src/storage/open.ts';
import type { House } from './server-process.ts';

/** The store of a house in which no server runs. */
export function openHouseStore(house: House): Promise<Store> {
  return openStore(
    house.databaseUrl === null
      ? { engine: 'sqlite', path: join(house.dataFolder, 'kaili.db') }
      : { engine: 'postgres', url: house.databaseUrl },
  );
}

/** Asserts that no entry and no document of any seller was changed, and that there are enough. */
export async function assertJournalHolds(house: House, entriesMin: number): Promise<void> {
  const store = await openHouseStore(house);
  try {
    const sellers = (await store.directory.listSellers()).map((seller) => seller.ubn);
    const { entries, breaks } = await verifyJournal(store.reads, sellers);
    assert.deepEqual(breaks, []);
    assert(entries >= entriesMin, `${entries} entries, at least ${entriesMin} expected`);
  } finally {
    await store.close();
  }
}
