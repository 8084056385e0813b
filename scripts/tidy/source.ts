/**
 * A file as the style rules see it, and what a rule answers.
 *
 * A rule is a pure function of the whole tree, so that its test can plant a violation in a tree of one
 * file. Paths are relative to the repository and use slashes.
 */
import { type Mask, mask } from './mask.ts';

export interface Source {
  readonly path: string;
  readonly text: string;
  /** TypeScript only: the text without comments and without the insides of strings. */
  readonly mask: Mask;
}

export interface Finding {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
  readonly text: string;
}

export type Tree = readonly Source[];
export type Rule = (tree: Tree) => readonly Finding[];

const NO_CODE: Mask = { code: '', comments: [] };

/** A source of a path and its text; TypeScript is masked. */
export function source(path: string, text: string): Source {
  return { path, text, mask: isTypeScript(path) ? mask(text) : NO_CODE };
}

export function isTypeScript(path: string): boolean {
  return /\.tsx?$/.test(path);
}

/** Code that the program runs: not a test, not a suite that tests run. */
export function isProduct(path: string): boolean {
  return /^(?:src|packages\/[^/]+\/src)\//.test(path) && !isTest(path);
}

/** A test, a fuzz test, or a suite that every implementation of a port runs. */
export function isTest(path: string): boolean {
  return (
    /\.(?:test|fuzz)\.tsx?$/.test(path) ||
    /(?:^|\/)(?:[a-z-]+-)?conformance(?:\.ts$|\/)/.test(path) ||
    path.startsWith('test/')
  );
}

/** A finding at a place in a text. */
export function findingAt(file: Source, offset: number, rule: string, text: string): Finding {
  const line = file.text.slice(0, offset).split('\n').length;
  return { path: file.path, line, rule, text };
}

/** One finding a match of the pattern in the file's code. The pattern has the `g` flag. */
export function findAll(file: Source, pattern: RegExp, rule: string, text: string): Finding[] {
  return [...file.mask.code.matchAll(pattern)].map((match) =>
    findingAt(file, match.index, rule, text),
  );
}
