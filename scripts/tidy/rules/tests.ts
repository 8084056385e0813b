/** No test is left out in silence. */
import { findAll, isTypeScript, type Rule } from '../source.ts';

const ONLY = /\b(?:test|it|describe|suite)\.only\b|\bonly:\s*true\b/g;
/** A skip is `{ skip: reason }` or `t.skip(reason)`; these forms say no reason. */
const SKIP =
  /\b(?:test|it|describe|suite)\.(?:skip|todo)\b|\bskip:\s*true\b|\btodo:\s*true\b|\.skip\(\s*\)/g;

/** Every test runs, or says why not. */
export const tests: Rule = (tree) =>
  tree
    .filter((file) => isTypeScript(file.path))
    .flatMap((file) => [
      ...findAll(file, ONLY, 'tests', 'one test alone is no run'),
      ...findAll(file, SKIP, 'tests', 'a skip without a reason'),
    ]);
