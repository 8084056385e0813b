/**
 * The style as a test: reads the whole tree, applies every rule of `scripts/tidy/rules/`, prints what
 * it finds as `path:line rule: text` and fails if it finds anything. Changes nothing.
 */
import { fileURLToPath } from 'node:url';
import { rules } from './tidy/rules.ts';
import { readTree } from './tidy/tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tree = readTree(root);
const findings = rules.flatMap((rule) => rule(tree));
for (const { path, line, rule, text } of findings) console.log(`${path}:${line} ${rule}: ${text}`);
console.log(`tidy: ${tree.length} files, ${findings.length} findings`);
if (findings.length > 0) process.exitCode = 1;
