/** Whether one path lies inside another once links are followed, also before it exists. */
import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

/** True for the folder itself and for anything beneath it. Both paths absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return (
    way === '' ||
    (way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way))
  );
}

/** The path with links followed as far as it exists. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const parent = dirname(path);
    if (!isMissing || parent === path) throw error;
    return join(realPathOf(parent), basename(path));
  }
}
