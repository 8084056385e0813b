/**
 * Which Turnkey works for which seller: one for all, or one each, in `<root>/<tax ID>`. Folders of a seller
 * that is new since the start are made when it turns up; a seller whose folders cannot be used keeps only its
 * own filings waiting.
 */
import { join } from 'node:path';
import type { Ubn } from '../../domain/ubn.ts';
import type { Accounts } from '../../ledger/ports.ts';
import type { FileSystem } from './file-system.ts';
import { FolderProblem, prepareFolders, type TurnkeyFolders } from './folders.ts';

/** `shared`: one working folder for every seller; `per-seller`: one beneath the root for each. */
export type FolderLayout = 'shared' | 'per-seller';

export interface FolderSet {
  /** Null while the folders of this seller cannot be used. */
  of(seller: Ubn): TurnkeyFolders | null;
  all(): readonly TurnkeyFolders[];
  /** Makes and checks what is new; answers what cannot be used, by tax ID. */
  refresh(): Promise<ReadonlyMap<Ubn, FolderProblem>>;
}

export interface FolderSetParts {
  readonly root: string;
  readonly layout: FolderLayout;
  readonly accounts: Accounts;
  readonly files: FileSystem;
  /** A real Turnkey's folders must exist already; the sandbox's are made. */
  readonly isRequired: boolean;
}

/** Throws `FolderProblem` where the one folder of all, or the root of all, cannot be used. */
export async function openFolderSet(parts: FolderSetParts): Promise<FolderSet> {
  const { root, layout, files, isRequired } = parts;
  if (layout === 'per-seller') return openPerSeller(parts);
  const folders = await prepareFolders(root, files, isRequired);
  return { of: () => folders, all: () => [folders], refresh: async () => new Map() };
}

async function openPerSeller(parts: FolderSetParts): Promise<FolderSet> {
  const { root, accounts, files, isRequired } = parts;
  const found = await files.facts(root);
  if (found === null && isRequired) {
    throw new FolderProblem(
      `the folder ${root} of the sellers' Turnkeys does not exist; create it or mount it before the start`,
    );
  }
  const known = new Map<Ubn, TurnkeyFolders>();
  const set: FolderSet = {
    of: (seller) => known.get(seller) ?? null,
    all: () => [...known.values()],
    async refresh() {
      const problems = new Map<Ubn, FolderProblem>();
      for (const { ubn } of accounts.sellers()) {
        if (known.has(ubn)) continue;
        try {
          known.set(ubn, await prepareFolders(join(root, ubn), files, isRequired));
        } catch (error) {
          if (!(error instanceof FolderProblem)) throw error;
          problems.set(ubn, error);
        }
      }
      return problems;
    },
  };
  await set.refresh();
  return set;
}
