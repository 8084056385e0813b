/** `kaili qr-key add`: the key, or the pass-phrase 種子密碼, that a seller's certificates are checked by. */
import { z } from 'zod';
import { parseQrKey } from '../documents/qr-key.ts';
import { saveSellerSecrets } from '../server/accounts.ts';
import { CommandProblem, type CommandIo, readInput } from './input.ts';
import { ubnMember } from './sellers.ts';
import { withSession } from './session.ts';

const qrKeyDocument = z
  .strictObject({
    seller: ubnMember,
    key: z
      .string()
      .refine((text) => parseQrKey(text) !== undefined, '32 hex digits, as the Ministry’s tool prints')
      .optional(),
    passPhrase: z.string().min(1).optional(),
  })
  .refine(
    ({ key, passPhrase }) => (key === undefined) !== (passPhrase === undefined),
    'give either key or passPhrase',
  );

/** Sets a seller's QR key in place of the one it had. Running servers take it in by themselves. */
export async function setQrKey(file: string, io: CommandIo): Promise<number> {
  const { seller, key, passPhrase } = await readInput(file, qrKeyDocument, io);
  return withSession(io, { mayCreate: false }, async ({ store, secretBox }) => {
    const box = await secretBox();
    const known = await store.directory.listSellers();
    if (!known.some(({ ubn }) => ubn === seller)) {
      throw new CommandProblem(`there is no seller ${seller}: add it first`);
    }
    const secrets = key === undefined ? { qrPassPhrase: passPhrase ?? '' } : { qrKey: key };
    await saveSellerSecrets(store.directory, box, seller, secrets);
    io.print(`seller ${seller}: QR key set`);
    return 0;
  });
}
