/** `kaili token add|revoke`: bearer tokens of the native API. A token is shown once, when it is made. */
import { API_DIALECT, EVERY_SELLER, makeToken } from '../api/authority.ts';
import { parseUbn } from '../domain/ubn.ts';
import { saveAccounts } from '../server/accounts.ts';
import { systemRandom } from '../server/random.ts';
import { type CommandIo, CommandProblem } from './input.ts';
import { withSession } from './session.ts';

export interface TokenScope {
  readonly seller?: string;
  readonly everySeller?: boolean;
}

/** Prints the token, and nothing else, to standard output. */
export function addToken(scope: TokenScope, io: CommandIo): Promise<number> {
  const { seller: text, everySeller = false } = scope;
  if ((text === undefined) !== everySeller) {
    throw new CommandProblem('name a seller with --seller, or say --every-seller');
  }
  return withSession(io, { mayCreate: false }, async ({ store, secretBox }) => {
    const box = await secretBox();
    const seller = text === undefined ? null : parseUbn(text);
    const known = await store.directory.listSellers();
    if (seller === 'shape' || seller === 'check-digit' || !isKnown(seller, known)) {
      throw new CommandProblem(`seller ${text ?? ''} is not set up here`);
    }
    const { token, id, secrets } = makeToken(systemRandom);
    await saveAccounts(store.directory, box, [
      seller === null
        ? { ...base(id), seller, kind: 'platform', boundAccounts: [EVERY_SELLER], secrets }
        : { ...base(id), seller, kind: 'merchant', boundAccounts: [], secrets },
    ]);
    io.printError(`token ${id}; it is not shown again:`);
    io.print(token);
    return 0;
  });
}

/** An account without a hash matches no token; its row stays, as who did what stays in the journal. */
export function revokeToken(id: string, io: CommandIo): Promise<number> {
  return withSession(io, { mayCreate: false }, async ({ store, secretBox }) => {
    const box = await secretBox();
    const rows = await store.directory.listAccounts();
    const row = rows.find((account) => account.dialect === API_DIALECT && account.id === id);
    if (row === undefined) throw new CommandProblem(`there is no token ${id}: kaili account list`);
    const { sealedSecrets: _sealed, ...account } = row;
    await saveAccounts(store.directory, box, [{ ...account, boundAccounts: [], secrets: {} }]);
    io.print(`token ${id} revoked; a running server refuses it within seconds`);
    return 0;
  });
}

function base(id: string) {
  return { dialect: API_DIALECT, id };
}

function isKnown(seller: string | null, known: readonly { readonly ubn: string }[]): boolean {
  return seller === null || known.some(({ ubn }) => ubn === seller);
}
