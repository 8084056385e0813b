/**
 * Reads the tree that the rules judge: every text file of the repository that a person writes.
 * Walks the disk and asks no git, so that it works in an unpacked archive too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Source, source } from './source.ts';

/** Made, fetched or kept by running Kaili; never written by hand. */
const FOLDERS_LEFT_OUT = new Set(['node_modules', 'dist', 'data', '.git', 'coverage']);
const TEXT_FILES =
  /\.(?:tsx?|md|json|xml|csv|sql|yml|yaml|html|css|svg)$|(?:^|\/)(?:\.ci\/run|\.npmrc|\.gitignore|LICENSE|bin\/[a-z-]+)$/;

/** Every text file under the folder, with its path relative to it. */
export function readTree(root: string): readonly Source[] {
  return paths(root, '')
    .filter((path) => TEXT_FILES.test(path))
    .sort()
    .map((path) => source(path, readFileSync(join(root, path), 'utf8')));
}

function paths(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return FOLDERS_LEFT_OUT.has(entry.name) ? [] : paths(root, path);
    return entry.isFile() ? [path] : [];
  });
}
