/** `kaili qr-key add`: the key, or the pass-phrase 種子密碼, that a seller's certificates are checked by. */
import { readQrKeyDocument } from '../api/set-up.ts';
import { saveSellerSecrets } from '../server/accounts.ts';
import { type CommandIo, CommandProblem, readInput } from './input.ts';
import { withSession } from './session.ts';

/** Sets a seller's QR key in place of the one it had. Running servers take it in by themselves. */
export async function setQrKey(file: string, io: CommandIo): Promise<number> {
  const { seller, key, passPhrase } = await readInput(file, readQrKeyDocument, io);
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
