/**
 * What the data says about itself: its mode and which key seals its secrets. Checked at every start,
 * so that a sandbox never works on production data and a wrong master key is named, not met later.
 */
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Clock, Random, Store } from '../ledger/ports.ts';
import type { Configuration, Mode } from './configuration.ts';
import { type DataFolder, refuseOtherMode } from './data-folder.ts';
import { makeSandboxKey, readMasterKeyFile, readSandboxKey } from './master-key.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';
import { refuseStart } from './start-refused.ts';

const MODE_META = 'mode';
const KEY_CHECK_META = 'key-check';
const CREATED_META = 'created-at';

export interface IdentityParts {
  readonly configuration: Configuration;
  readonly data: Pick<DataFolder, 'secretKeyPath'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

/** Checks the data against the settings, marks new data, and opens the box of secrets. */
export async function identifyStore(parts: IdentityParts): Promise<SecretBox> {
  const { configuration, store, data, random } = parts;
  const recorded = await store.directory.readMeta(MODE_META);
  if (recorded !== null && recorded !== configuration.mode) {
    refuseOtherMode('the database', recorded, configuration.mode);
  }
  const known = await store.directory.readMeta(KEY_CHECK_META);
  const secretBox = createSecretBox(readKey(configuration, data, known, random), random);
  if (known !== null && known !== secretBox.keyCheck) refuseKey(configuration, data);
  if (recorded === null || known === null) await markStore(parts, secretBox);
  return secretBox;
}

/** Writes down mode, key check and time, in new data or after the sandbox emptied it. */
export async function markStore(
  { store, configuration, clock }: Pick<IdentityParts, 'store' | 'configuration' | 'clock'>,
  secretBox: SecretBox,
): Promise<void> {
  const { directory } = store;
  await directory.writeMeta(MODE_META, configuration.mode);
  await directory.writeMeta(KEY_CHECK_META, secretBox.keyCheck);
  if ((await directory.readMeta(CREATED_META)) === null) {
    await directory.writeMeta(CREATED_META, taipeiDateTime(clock.now()));
  }
}

function readKey(
  { masterKeyFile, dataFolder, mode }: Configuration,
  data: IdentityParts['data'],
  keyCheck: string | null,
  random: Random,
): Uint8Array {
  if (masterKeyFile !== null) return readMasterKeyFile(masterKeyFile, dataFolder);
  const key = readSandboxKey(data.secretKeyPath);
  if (key !== null) return key;
  if (keyCheck !== null) {
    refuseStart(
      data.secretKeyPath,
      `the key is missing, and the database holds secrets sealed with it (${mode})`,
      'put the file back, copy it from the data folder that made this database, or start with an empty database',
    );
  }
  return makeSandboxKey(data.secretKeyPath, random);
}

function refuseKey({ masterKeyFile, mode }: Configuration, data: IdentityParts['data']): never {
  refuseStart(
    keyName(mode, masterKeyFile, data.secretKeyPath),
    'this is not the key that seals the secrets in this database',
    'give the key that this data was started with; without it its secrets cannot be opened',
  );
}

function keyName(mode: Mode, masterKeyFile: string | null, secretKeyPath: string): string {
  return mode === 'production' ? `KAILI_MASTER_KEY_FILE ${masterKeyFile ?? ''}` : secretKeyPath;
}
