/**
 * Nothing in the repository knows the machine it was written on: no path of it, no registry it fetched
 * from. A lockfile without hosts works with whichever registry a user's npm is told to use.
 */
import { type Finding, findingAt, type Rule, type Source } from '../source.ts';

const PATHS = /(?<![\w.*-])\/(?:work|farm|root|home|Users)\/[a-z.]|\/tmp\/[\w.-]+\/|\/\w+_jobs\b/g;
const HOSTS =
  /"resolved": *"https?:|\bregistry *= *"?https?:|https?:\/\/(?:registry|npm)\.[\w.-]+/g;
/** Data from outside lies beside the repository; one module of the tests and the continuous run know where. */
const OUTSIDE = /\.\.\/shared\b/g;
const OUTSIDE_HOMES = new Set(['test/support/reference.ts', '.ci/run']);

/** No file names a place that only one machine has. */
export const places: Rule = (tree) =>
  tree
    .filter((file) => !file.path.startsWith('scripts/tidy'))
    .flatMap((file) => [
      ...found(file, PATHS, 'a path of one machine'),
      ...found(file, HOSTS, 'a registry host'),
      ...(OUTSIDE_HOMES.has(file.path)
        ? []
        : found(file, OUTSIDE, 'data outside the repository is read in one place')),
    ]);

function found(file: Source, pattern: RegExp, text: string): readonly Finding[] {
  return [...file.text.matchAll(pattern)].map((match) =>
    findingAt(file, match.index, 'places', text),
  );
}
