/** `kaili account add|list`: how client programs reach a seller. Secrets are sealed, never shown. */
import { z } from 'zod';
import { type AccountDraft, saveAccounts } from '../server/accounts.ts';
import { type CommandIo, CommandProblem, readInput } from './input.ts';
import { ubnMember } from './sellers.ts';
import { withSession } from './session.ts';

const kind = z.enum(['merchant', 'pos', 'platform']).default('merchant');
const boundAccounts = z.array(z.string().min(1)).default([]);

/** HashKey and HashIV of AES-128: sixteen ASCII characters each (ECPay invoice API, encryption). */
const aesText = z.string().regex(/^[\x21-\x7e]{16}$/, 'sixteen ASCII characters');

const accountDocument = z.discriminatedUnion('dialect', [
  z.strictObject({
    dialect: z.literal('ecpay'),
    id: z.string().regex(/^[0-9A-Za-z]{1,10}$/, 'a MerchantID or PlatformID'),
    seller: ubnMember.nullable(),
    kind,
    secrets: z.strictObject({ hashKey: aesText, hashIv: aesText }),
    boundAccounts,
  }),
  z.strictObject({
    dialect: z.literal('systemlead'),
    id: z.string().regex(/^\d{8}$/, 'a CompanyID'),
    seller: ubnMember.nullable(),
    kind,
    secrets: z.strictObject({ salt: z.string().min(16).max(128) }),
    boundAccounts,
  }),
]);

/** Adds an account, or replaces a known one, secrets included. */
export async function addAccount(file: string, io: CommandIo): Promise<number> {
  const draft: AccountDraft = await readInput(file, accountDocument, io);
  if ((draft.kind === 'platform') !== (draft.seller === null)) {
    throw new CommandProblem(
      'a platform has "seller": null and bound accounts; others have a seller',
    );
  }
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
