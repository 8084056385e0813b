/**
 * What the compiler is not allowed to be told: `any`, "trust me" casts, silenced errors; and what the
 * house does without: default exports and re-exports outside a package's own index.
 */
import { importsOf } from '../imports.ts';
import {
  type Finding,
  findAll,
  findingAt,
  isTest,
  isTypeScript,
  type Rule,
  type Source,
} from '../source.ts';

const ANY = /(?<![.\w$#])any\b(?!\??\s*[(:])/g;
const NON_NULL = /[\w)\]]!(?=[.;,)\]}[]|\s*$|\s+(?:[-+*/%&|?:<>]|as\b|===|!==))/gm;
const SILENCED = new RegExp(['@ts-', '(?:ignore|nocheck|expect-error)'].join(''), 'g');
const DEFAULT_EXPORT = /^export\s+default\b/gm;
/** Tools that insist on a default export. */
const CONFIGURATION = /(?:^|\/)[\w.-]+\.config\.ts$/;
/** `as const` says less than the value does, and `as` in an import or export is a name. */
const CAST = /(?<=[\w)\]}'"`]\s)as\s+(?!const\b)([A-Za-z_$][\w$.]*)/g;
/** `[Key in Keys as Name]` names a key of a mapped type. */
const MAPPED_KEY = /\[\w+ in [^\n]*$/;
/** Lines above a cast in which its comment may stand. */
const CAST_COMMENT_LINES = 3;

/** The type system is not talked around. */
export const types: Rule = (tree) =>
  tree
    .filter((file) => isTypeScript(file.path))
    .flatMap((file) => [
      ...findAll(file, ANY, 'types', '`any` checks nothing: say `unknown` and parse it'),
      ...findAll(file, NON_NULL, 'types', 'a non-null `!` is a guess: handle the other case'),
      ...silenced(file),
      ...(CONFIGURATION.test(file.path)
        ? []
        : findAll(file, DEFAULT_EXPORT, 'types', 'a default export has no name: export by name')),
      ...reExports(file),
      ...(isTest(file.path) ? [] : bareCasts(file)),
    ]);

function silenced(file: Source): readonly Finding[] {
  return file.mask.comments.flatMap((span) =>
    [...file.text.slice(span.start, span.end).matchAll(SILENCED)].map((match) =>
      findingAt(file, span.start + match.index, 'types', 'an error of the compiler is silenced'),
    ),
  );
}

function reExports(file: Source): readonly Finding[] {
  if (/^packages\/[^/]+\/src\/index\.ts$/.test(file.path)) return [];
  const text = 'a re-export hides where a thing lives; import it from its own file';
  return importsOf(file)
    .filter((entry) => entry.isReExport)
    .map((entry) => findingAt(file, entry.offset, 'types', text));
}

function bareCasts(file: Source): readonly Finding[] {
  const imports = importsOf(file).map((entry) => entry.offset);
  return [...file.mask.code.matchAll(CAST)].flatMap((match) => {
    const line = file.text.slice(0, match.index).split('\n').length;
    const isName =
      imports.some((offset) => isWithinStatement(file, offset, match.index)) ||
      MAPPED_KEY.test(file.mask.code.slice(0, match.index));
    const isExplained = isName || isBrandedHere(file, match[1] ?? '') || hasComment(file, line);
    if (isExplained) return [];
    return [
      findingAt(file, match.index, 'types', 'a cast without a comment that says why it holds'),
    ];
  });
}

function isWithinStatement(file: Source, start: number, at: number): boolean {
  return at > start && at < file.mask.code.indexOf(';', start);
}

/** A branded type's own file is the one place that makes it: its parser is the reason. */
function isBrandedHere(file: Source, type: string): boolean {
  return new RegExp(`^export type ${type} = [^;]*\\[\\w*[bB]rand\\]`, 'm').test(file.mask.code);
}

function hasComment(file: Source, line: number): boolean {
  return file.mask.comments.some((span) => {
    const first = file.text.slice(0, span.start).split('\n').length;
    const last = file.text.slice(0, span.end).split('\n').length;
    return first === line || (last < line && last >= line - CAST_COMMENT_LINES);
  });
}
