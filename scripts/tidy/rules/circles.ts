/** No file imports itself through others: what a reader must hold in mind at once has an end. */
import { type Import, importsOf } from '../imports.ts';
import { type Finding, findingAt, isTypeScript, type Rule } from '../source.ts';

/** One finding a circle, at the import that closes it. */
export const circles: Rule = (tree) => {
  const files = new Map(
    tree.filter((file) => isTypeScript(file.path)).map((file) => [file.path, file]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const findings: Finding[] = [];
  const trail: string[] = [];

  const visit = (path: string): void => {
    const file = files.get(path);
    if (file === undefined) return;
    state.set(path, 'open');
    trail.push(path);
    for (const entry of importsOf(file)) {
      if (state.get(entry.path) === 'open') findings.push(circle(entry, trail));
      else if (!state.has(entry.path)) visit(entry.path);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of files.keys()) if (!state.has(path)) visit(path);
  return findings;
};

function circle(closing: Import, trail: readonly string[]): Finding {
  const members = trail.slice(trail.indexOf(closing.path));
  const text = `imports go round: ${[...members, closing.path].join(' -> ')}`;
  return findingAt(closing.from, closing.offset, 'circles', text);
}
