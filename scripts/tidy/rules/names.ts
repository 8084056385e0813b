/** Files are named by their subject, in kebab-case. */
import { type Finding, findingAt, isTypeScript, type Rule, type Source } from '../source.ts';

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|fuzz|d|config))?\.tsx?$/;
const KEBAB_FOLDER = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const PAGE = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*|README|CHANGELOG)\.md$/;
/** Names that say nothing of what is inside. */
const SUBJECTLESS = /(?:^|-)(?:utils?|helpers?|common|misc|shared)\.tsx?$/;

/** No file's name leaves its subject out or is written another way. */
export const names: Rule = (tree) => tree.flatMap(named);

function named(file: Source): readonly Finding[] {
  const parts = file.path.split('/');
  const name = parts.at(-1) ?? '';
  const report = (text: string): Finding[] => [findingAt(file, 0, 'names', text)];
  if (file.path.startsWith('docs/') && name.endsWith('.md') && !PAGE.test(name)) {
    return report('a page is named in kebab-case');
  }
  if (!isTypeScript(file.path)) return [];
  if (!KEBAB.test(name)) return report('a file is named in kebab-case');
  if (parts.slice(0, -1).some((folder) => !KEBAB_FOLDER.test(folder))) {
    return report('a folder is named in kebab-case');
  }
  return SUBJECTLESS.test(name) ? report('this name says nothing of what the file is about') : [];
}
