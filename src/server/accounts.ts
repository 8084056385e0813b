/**
 * Sellers and accounts in memory, so that a request costs no read: secrets are opened once, when the
 * directory is loaded. Whoever changes the directory raises `DIRECTORY_VERSION_META`; `reloadIfChanged`
 * then takes the change in, also one made by another process.
 */
import type { Seller } from '../domain/seller.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Account, AccountRow, Accounts, StoreDirectory } from '../ledger/ports.ts';
import type { SecretBox } from './secret-box.ts';

/** How soon a change of sellers and accounts by another process, or another thread, is taken in. */
export const DIRECTORY_LOOK_MS = 1_000;
export const DIRECTORY_VERSION_META = 'directory-version';

export interface AccountDirectory extends Accounts {
  /** Accounts of one dialect. */
  accounts(dialect: string): readonly Account[];
  /** A seller's own secrets, opened: its QR key or pass-phrase. Empty where it has none. */
  sellerSecrets(ubn: Ubn): SellerSecrets;
  /** Reads everything anew; throws, and keeps what it had, when a secret does not open. */
  reload(): Promise<void>;
  /** Reloads when somebody changed the directory; answers whether it did. */
  reloadIfChanged(): Promise<boolean>;
}

/** What a person or a provisioning hands in: the account with its secrets still in clear. */
export interface AccountDraft extends Omit<AccountRow, 'sealedSecrets'> {
  readonly secrets: Readonly<Record<string, string>>;
}

/** By name: `qrKey`, 32 hex digits, or `qrPassPhrase`. Never logged. */
export type SellerSecrets = Readonly<Record<string, string>>;

/** Loads the directory. Throws `SecretUnreadable` naming the account whose secret does not open. */
export async function openAccounts(
  directory: StoreDirectory,
  secretBox: SecretBox,
): Promise<AccountDirectory> {
  let loaded = await load(directory, secretBox);
  const reload = async () => {
    loaded = await load(directory, secretBox);
  };
  return {
    find: (dialect, localId) => loaded.accounts.get(accountId(dialect, localId)),
    seller: (ubn) => loaded.sellers.get(ubn),
    sellers: () => [...loaded.sellers.values()],
    accounts: (dialect) =>
      [...loaded.accounts.values()].filter((account) => account.dialect === dialect),
    sellerSecrets: (ubn) => loaded.sellerSecrets.get(ubn) ?? {},
    reload,
    async reloadIfChanged() {
      const version = await directory.readMeta(DIRECTORY_VERSION_META);
      if (version === loaded.version) return false;
      await reload();
      return true;
    },
  };
}

/** Seals and saves accounts, then tells every process of it. */
export async function saveAccounts(
  directory: StoreDirectory,
  secretBox: SecretBox,
  drafts: readonly AccountDraft[],
): Promise<void> {
  const rows = drafts.map((draft) => {
    const { secrets, ...account } = draft;
    const sealedSecrets = secretBox.seal(
      accountId(draft.dialect, draft.id),
      JSON.stringify(secrets),
    );
    return { ...account, sealedSecrets };
  });
  await directory.saveAccounts(rows);
  await raiseDirectoryVersion(directory);
}

/** Saves sellers, then tells every process of it. */
export async function saveSellers(
  directory: StoreDirectory,
  sellers: readonly Seller[],
): Promise<void> {
  await directory.saveSellers(sellers);
  await raiseDirectoryVersion(directory);
}

/** Seals and saves a seller's secrets in place of those it had, then tells every process of it. */
export async function saveSellerSecrets(
  directory: StoreDirectory,
  secretBox: SecretBox,
  seller: Ubn,
  secrets: SellerSecrets,
): Promise<void> {
  const sealedSecrets = secretBox.seal(sellerSecretsName(seller), JSON.stringify(secrets));
  await directory.saveSellerSecrets([{ seller, sealedSecrets }]);
  await raiseDirectoryVersion(directory);
}

function sellerSecretsName(seller: Ubn): string {
  return `seller:${seller}`;
}

function accountId(dialect: string, localId: string): string {
  return `${dialect}:${localId}`;
}

async function raiseDirectoryVersion(directory: StoreDirectory): Promise<void> {
  const version = Number.parseInt((await directory.readMeta(DIRECTORY_VERSION_META)) ?? '0', 10);
  // Two processes that raise it at once must not write the same: the second change would go unseen.
  await directory.writeMeta(DIRECTORY_VERSION_META, `${version + 1}.${process.pid}`);
}

interface Loaded {
  readonly version: string | null;
  readonly sellers: ReadonlyMap<Ubn, Seller>;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly sellerSecrets: ReadonlyMap<Ubn, SellerSecrets>;
}

async function load(directory: StoreDirectory, secretBox: SecretBox): Promise<Loaded> {
  // The version first: a change that comes in between is then seen as one at the next look.
  const version = await directory.readMeta(DIRECTORY_VERSION_META);
  const sellers = new Map((await directory.listSellers()).map((seller) => [seller.ubn, seller]));
  const accounts = new Map<string, Account>();
  for (const row of await directory.listAccounts()) {
    const id = accountId(row.dialect, row.id);
    accounts.set(id, {
      id,
      dialect: row.dialect,
      localId: row.id,
      kind: row.kind,
      seller: row.seller === null ? null : (sellers.get(row.seller) ?? null),
      secrets: readSecrets(id, secretBox.open(id, row.sealedSecrets)),
      boundAccounts: row.boundAccounts,
    });
  }
  const sellerSecrets = new Map<Ubn, SellerSecrets>();
  for (const { seller, sealedSecrets } of await directory.listSellerSecrets()) {
    const name = sellerSecretsName(seller);
    sellerSecrets.set(seller, readSecrets(name, secretBox.open(name, sealedSecrets)));
  }
  return { version, sellers, accounts, sellerSecrets };
}

function readSecrets(id: string, text: string): Readonly<Record<string, string>> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`the secrets of ${id} are no object`);
  }
  const secrets: Record<string, string> = {};
  for (const [name, secret] of Object.entries(value)) {
    if (typeof secret !== 'string') throw new Error(`the secret ${name} of ${id} is no text`);
    secrets[name] = secret;
  }
  return secrets;
}
