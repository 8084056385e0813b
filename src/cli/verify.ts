/** `kaili verify`: recomputes every journal and names the first entry that does not fit. */
import { verifyJournal } from '../ledger/verify.ts';
import type { CommandIo } from './input.ts';
import { withSession } from './session.ts';

/** 0 when not a byte has changed, 1 otherwise. Reads only; the server may run. */
export function verify(io: CommandIo): Promise<number> {
  return withSession(io, { mayCreate: false }, async ({ store }) => {
    const sellers = (await store.directory.listSellers()).map((seller) => seller.ubn);
    const { entries, breaks } = await verifyJournal(store.reads, sellers);
    for (const { seller, sequence, problem } of breaks) {
      io.printError(`seller ${seller}, entry ${sequence}: ${problem}`);
    }
    const found = breaks.length === 0 ? 'the journal is whole' : `${breaks.length} breaks`;
    io.print(`${entries} entries of ${sellers.length} sellers: ${found}`);
    return breaks.length === 0 ? 0 : 1;
  });
}
