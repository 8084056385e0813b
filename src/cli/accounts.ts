/** `kaili account add|list`: how client programs reach a seller. Secrets are sealed, never shown. */
import { readAccountDocument } from '../api/set-up.ts';
import { type AccountDraft, saveAccounts } from '../server/accounts.ts';
import { type CommandIo, CommandProblem, readInput } from './input.ts';
import { withSession } from './session.ts';

/** Adds an account, or replaces a known one, secrets included. */
export async function addAccount(file: string, io: CommandIo): Promise<number> {
  const draft: AccountDraft = await readInput(file, readAccountDocument, io);
  return withSession(io, { mayCreate: true }, async ({ store, secretBox }) => {
    const box = await secretBox();
    const sellers = await store.directory.listSellers();
    if (draft.seller !== null && !sellers.some(({ ubn }) => ubn === draft.seller)) {
      throw new CommandProblem(`seller ${draft.seller} is not set up here: kaili seller add first`);
    }
    await saveAccounts(store.directory, box, [draft]);
    io.print(`account ${draft.dialect}:${draft.id} saved; a running server takes it in by itself`);
    return 0;
  });
}

export function listAccounts(io: CommandIo): Promise<number> {
  return withSession(io, { mayCreate: false }, async ({ store }) => {
    for (const row of await store.directory.listAccounts()) {
      const whose = row.seller ?? row.boundAccounts.join(',');
      io.print(`${row.dialect}:${row.id}\t${row.kind}\t${whose}`);
    }
    return 0;
  });
}
