/**
 * The world outside comes in through ports: time, randomness, environment and the console each have
 * one home in `src/`. Elsewhere nothing could be tested at a period's boundary or from a seed.
 */
import { type Finding, findAll, isProduct, type Rule, type Source } from '../source.ts';

interface Port {
  readonly name: string;
  readonly pattern: RegExp;
  readonly homes: readonly string[];
}

const PORTS: readonly Port[] = [
  {
    name: 'the clock',
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bTemporal\.Now\b|\bperformance\.now\b|\bhrtime\b/g,
    homes: ['src/server/clock.ts'],
  },
  {
    name: 'randomness',
    pattern: /\bMath\.random\b|\brandom(?:Bytes|Int|UUID|Fill|FillSync)\b|\bgetRandomValues\b/g,
    homes: ['src/server/random.ts'],
  },
  {
    name: 'the environment',
    pattern: /\bprocess\.env\b/g,
    homes: ['src/main.ts'],
  },
  { name: 'the console', pattern: /\bconsole\.\w+/g, homes: [] },
];

/** Nothing in the product reaches past a port. */
export const ports: Rule = (tree) =>
  tree
    .filter((file) => isProduct(file.path) && file.path.startsWith('src/'))
    .flatMap((file) => PORTS.flatMap((port) => past(file, port)));

function past(file: Source, port: Port): readonly Finding[] {
  if (port.homes.includes(file.path)) return [];
  const home =
    port.homes.length === 0 ? 'has no place in src' : `lives in ${port.homes.join(', ')}`;
  return findAll(file, port.pattern, 'ports', `${port.name} ${home}`);
}
