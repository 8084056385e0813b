/** Every link between the repository's own pages leads somewhere. */
import { posix } from 'node:path';
import { type Finding, findingAt, type Rule } from '../source.ts';

const LINK = /\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g;

/** No page links to a file or folder that is not there. */
export const links: Rule = (tree) => {
  const paths = new Set(tree.flatMap((file) => [file.path, ...foldersOf(file.path)]));
  return tree
    .filter((file) => file.path.endsWith('.md'))
    .flatMap((file) =>
      [...file.text.matchAll(LINK)].flatMap((match): Finding[] => {
        const target = match[1] ?? '';
        if (/^[a-z]+:/.test(target)) return [];
        const path = posix.join(posix.dirname(file.path), target).replace(/\/$/, '');
        if (paths.has(path)) return [];
        return [findingAt(file, match.index, 'links', `no such file: ${path}`)];
      }),
    );
};

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
