/** `kaili seller add|list`: who issues invoices here. */
import { readSellerDocument } from '../api/set-up.ts';
import type { Seller } from '../domain/seller.ts';
import { saveSellers } from '../server/accounts.ts';
import { type CommandIo, readInput } from './input.ts';
import { withSession } from './session.ts';

/** Adds a seller, or replaces the settings of a known one. */
export async function addSeller(file: string, io: CommandIo): Promise<number> {
  const seller: Seller = await readInput(file, readSellerDocument, io);
  return withSession(io, { mayCreate: true }, async ({ store, secretBox }) => {
    // Marks new data with its mode and key, and refuses data of the other mode.
    await secretBox();
    const isKnown = (await store.directory.listSellers()).some(({ ubn }) => ubn === seller.ubn);
    await saveSellers(store.directory, [seller]);
    io.print(`seller ${seller.ubn} ${seller.name}: ${isKnown ? 'settings replaced' : 'added'}`);
    return 0;
  });
}

export function listSellers(io: CommandIo): Promise<number> {
  return withSession(io, { mayCreate: false }, async ({ store }) => {
    for (const { ubn, name, address } of await store.directory.listSellers()) {
      io.print(`${ubn}\t${name}\t${address}`);
    }
    return 0;
  });
}
