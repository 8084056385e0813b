/** A file has one subject and a function fits a screen. */
import {
  type Finding,
  findingAt,
  isTest,
  isTypeScript,
  type Rule,
  type Source,
} from '../source.ts';

export const FILE_LINES_MAX = 400;
export const FUNCTION_LINES_MAX = 60;

/** Tables of official codes, as long as the official list is. */
const OFFICIAL_TABLES: readonly string[] = [];

/** No file and no function is longer than its limit. */
export const sizes: Rule = (tree) =>
  tree
    .filter((file) => isTypeScript(file.path))
    .flatMap((file) => {
      const lines = file.text.trimEnd().split('\n').length;
      const isTooLong = lines > FILE_LINES_MAX && !OFFICIAL_TABLES.includes(file.path);
      const text = `${lines} lines; a file stops at ${FILE_LINES_MAX}`;
      const long = isTooLong ? [findingAt(file, 0, 'sizes', text)] : [];
      return lines > FUNCTION_LINES_MAX ? [...long, ...longFunctions(file)] : long;
    });

/** What stands before a brace that opens no function: an object, a block, a type. */
const OBJECT = /(?:[=(,[?&|:]|\b(?:return|else|try|finally|do|static|satisfies))$/;
const TYPE_HEAD = /\b(?:class|interface|namespace|type)\s[^{};]*$/;
const CONTROL = /\b(?:if|for|while|switch|catch|with|await)\s*$/;

/** A list of tests is as long as there are claims; each test in it is judged alone. */
const HOLDS_TESTS = /\b(?:test|it|describe|suite)\(/;

function longFunctions(file: Source): readonly Finding[] {
  const { code } = file.mask;
  const findings: Finding[] = [];
  const braces: number[] = [];
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] === '{') braces.push(at);
    if (code[at] !== '}') continue;
    const open = braces.pop() ?? 0;
    const lines = code.slice(open, at).split('\n').length;
    if (lines <= FUNCTION_LINES_MAX || !opensFunction(code, open)) continue;
    if (isTest(file.path) && HOLDS_TESTS.test(code.slice(open, at))) continue;
    const text = `a function of ${lines} lines; it stops at ${FUNCTION_LINES_MAX}`;
    findings.push(findingAt(file, open, 'sizes', text));
  }
  return findings;
}

/** Whether the brace opens a function's body: after `=>`, its parameters or its return type. */
function opensFunction(code: string, brace: number): boolean {
  const before = code.slice(0, brace).trimEnd();
  if (before.endsWith('=>')) return true;
  if (OBJECT.test(before) || TYPE_HEAD.test(before)) return false;
  if (!before.endsWith(')')) return true;
  let depth = 0;
  let at = before.length - 1;
  for (; at >= 0; at -= 1) {
    if (before[at] === ')') depth += 1;
    if (before[at] === '(') depth -= 1;
    if (depth === 0) break;
  }
  return !CONTROL.test(before.slice(Math.max(0, at - 12), at));
}
