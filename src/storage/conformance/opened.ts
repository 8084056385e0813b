/** A fresh database for a group of claims, and the store on it. */
import { after, before } from 'node:test';
import type { Store } from '../../ledger/ports.ts';
import { openStore, type StoreOptions } from '../open.ts';

/** Data of its own for one group of claims. */
export interface FreshData {
  readonly options: StoreOptions;
  remove(): Promise<void>;
}
export type MakeData = () => Promise<FreshData>;

/** Opens a store before the group's first claim and removes its data after the last. */
export function storeForGroup(makeData: MakeData): { readonly store: Store } {
  const opened: { store?: Store; data?: FreshData } = {};
  before(async () => {
    opened.data = await makeData();
    opened.store = await openStore(opened.data.options);
  });
  after(async () => {
    await opened.store?.close();
    await opened.data?.remove();
  });
  return {
    get store() {
      if (opened.store === undefined) throw new Error('the store opens before the first claim');
      return opened.store;
    },
  };
}
