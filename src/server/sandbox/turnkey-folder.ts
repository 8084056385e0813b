/** Empties the sandbox's Turnkey folders at a reset; a folder outside the data folder is left alone. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Configuration } from '../configuration.ts';
import { isInside, realPathOf } from '../paths.ts';

export async function emptyTurnkeyFolder(
  configuration: Pick<Configuration, 'dataFolder' | 'turnkeyFolder'>,
): Promise<void> {
  const folder = realPathOf(configuration.turnkeyFolder);
  const dataFolder = realPathOf(configuration.dataFolder);
  // The data folder itself holds the database: only what lies deeper is Turnkey's.
  if (folder === dataFolder || !isInside(dataFolder, folder)) return;
  for (const name of await readdir(folder)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
