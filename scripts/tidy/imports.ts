/** Finds what a file imports: specifiers as written, and the files of the tree that they name. */
import { posix } from 'node:path';
import type { Source } from './source.ts';

export interface Import {
  readonly from: Source;
  readonly specifier: string;
  /** Path within the repository; '' for a package or a part of Node. */
  readonly path: string;
  readonly offset: number;
  readonly isReExport: boolean;
}

/** `import … from '…'`, `export … from '…'`, `import '…'`, `import('…')`, over the masked code. */
const STATEMENT =
  /(?:\b(import|export)\b[^;'"`]*?\bfrom\s*|\bimport\s*|\bimport\s*\(\s*)(['"])( *)\2/g;
/** Subpath imports of package.json that name files of this repository. */
const WIRE_PREFIX = '#wire/';
const WIRE_FOLDER = 'packages/client/src/wire/';

/** Every import of a file. */
export function importsOf(file: Source): readonly Import[] {
  return [...file.mask.code.matchAll(STATEMENT)].map((match) => {
    const end = match.index + match[0].length - 1;
    const specifier = file.text.slice(end - (match[3] ?? '').length, end);
    return {
      from: file,
      specifier,
      path: pathOf(file.path, specifier),
      offset: match.index,
      isReExport: match[1] === 'export',
    };
  });
}

function pathOf(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  if (specifier.startsWith(WIRE_PREFIX)) return WIRE_FOLDER + specifier.slice(WIRE_PREFIX.length);
  return '';
}

/** The package that a bare specifier names, `node:…` as it stands. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}
