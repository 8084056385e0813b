/**
 * The direction of imports, as the house table of `docs/internals/house.md` says it: one row a folder,
 * naming what its product code may import. Tests may import anything: they put real parts together.
 */
import { importsOf } from '../imports.ts';
import { type Finding, findingAt, isProduct, type Rule } from '../source.ts';

interface Layer {
  readonly folder: string;
  readonly may: readonly string[];
  /** Taken out of `may`, or out of the layer itself. */
  readonly never?: readonly string[];
}

const LEDGER = ['src/domain/', 'src/ledger/'];
const WIRE = 'packages/client/src/wire/';

/** The first row whose folder a path begins with decides. */
const LAYERS: readonly Layer[] = [
  { folder: WIRE, may: [WIRE] },
  { folder: 'packages/', may: ['packages/'] },
  { folder: 'src/domain/', may: ['src/domain/'] },
  { folder: 'src/ledger/', may: LEDGER },
  {
    folder: 'src/storage/sqlite/',
    may: [...LEDGER, 'src/storage/'],
    never: ['src/storage/postgres/'],
  },
  {
    folder: 'src/storage/postgres/',
    may: [...LEDGER, 'src/storage/'],
    never: ['src/storage/sqlite/'],
  },
  { folder: 'src/storage/', may: [...LEDGER, 'src/storage/'] },
  { folder: 'src/dialects/', may: [...LEDGER, 'src/dialects/', WIRE] },
  // The simulator stands for the Ministry: it must not share the code that writes what it judges.
  {
    folder: 'src/mof/simulator/',
    may: [...LEDGER, 'src/mof/'],
    never: ['src/mof/mig/', 'src/mof/turnkey/outbox.ts', 'src/mof/turnkey/write'],
  },
  { folder: 'src/mof/', may: [...LEDGER, 'src/mof/'] },
  { folder: 'src/documents/', may: [...LEDGER, 'src/documents/'] },
  { folder: 'src/lottery/', may: [...LEDGER, 'src/lottery/'] },
  { folder: 'src/notify/', may: [...LEDGER, 'src/notify/'] },
  { folder: 'src/api/', may: [...LEDGER, 'src/api/'] },
  { folder: 'src/server/', may: ['src/'], never: ['src/cli/', 'src/main.ts'] },
  { folder: 'src/cli/', may: ['src/'], never: ['src/main.ts'] },
  { folder: 'src/main.ts', may: ['src/'] },
];

/** No import points the wrong way. */
export const layers: Rule = (tree) =>
  tree
    .filter((file) => isProduct(file.path))
    .flatMap((file) => {
      const layer = LAYERS.find((row) => file.path.startsWith(row.folder));
      if (layer === undefined) {
        return [findingAt(file, 0, 'layers', 'this folder has no row in the table of layers')];
      }
      return importsOf(file)
        .filter((entry) => entry.path !== '')
        .flatMap((entry): Finding[] => {
          const isAllowed = mayImport(layer, entry.path) && !crossesDialects(file.path, entry.path);
          if (isAllowed) return [];
          const text = `${layer.folder} may not import ${entry.path}`;
          return [findingAt(file, entry.offset, 'layers', text)];
        });
    });

function mayImport(layer: Layer, path: string): boolean {
  const begins = (folder: string): boolean => path.startsWith(folder);
  return layer.may.some(begins) && !(layer.never ?? []).some(begins);
}

/** Whether a dialect reaches into another one; the index of all dialects is no dialect. */
function crossesDialects(from: string, to: string): boolean {
  const own = dialectOf(from);
  const other = dialectOf(to);
  return own !== '' && other !== '' && own !== other;
}

function dialectOf(path: string): string {
  return /^src\/dialects\/([^/]+)\//.exec(path)?.[1] ?? '';
}
