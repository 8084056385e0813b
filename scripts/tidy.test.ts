/**
 * Each style rule catches the violation it is for, and lets the allowed form beside it pass. The
 * violations are planted in trees of one or two files; where a rule looks for a word in a text, the word
 * is spelt in halves here, so that this file breaks no rule itself.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mask } from './tidy/mask.ts';
import { circles } from './tidy/rules/circles.ts';
import { comments } from './tidy/rules/comments.ts';
import { layers } from './tidy/rules/layers.ts';
import { links } from './tidy/rules/links.ts';
import { names } from './tidy/rules/names.ts';
import { packages } from './tidy/rules/packages.ts';
import { places } from './tidy/rules/places.ts';
import { ports } from './tidy/rules/ports.ts';
import { FILE_LINES_MAX, FUNCTION_LINES_MAX, sizes } from './tidy/rules/sizes.ts';
import { tests } from './tidy/rules/tests.ts';
import { types } from './tidy/rules/types.ts';
import { words } from './tidy/rules/words.ts';
import { type Rule, source } from './tidy/source.ts';

/** Files of a planted tree: path -> text. */
type Planted = Readonly<Record<string, string>>;

function findings(rule: Rule, files: Planted): readonly string[] {
  const tree = Object.entries(files).map(([path, text]) => source(path, text));
  return rule(tree).map(({ path, line }) => `${path}:${line}`);
}

function catches(rule: Rule, path: string, text: string): void {
  assert.notDeepEqual(findings(rule, { [path]: text }), [], `${rule.name} misses: ${text}`);
}

function passes(rule: Rule, path: string, text: string): void {
  assert.deepEqual(findings(rule, { [path]: text }), [], `${rule.name} wrongly finds: ${text}`);
}

function importing(specifier: string): string {
  return `import { a } from '${specifier}';\n`;
}

test('the mask blanks comments, strings, templates and patterns and keeps every place', () => {
  const quote = '`';
  const text = `a /* b */ 'c' ${quote}d\${e + ${quote}f${quote}}g${quote} = /h'/ / i; // j\nk`;
  const { code, comments: spans } = mask(text);
  assert.equal(code.length, text.length);
  assert.equal(code.replace(/[\s'`${}]+/g, ' '), 'a e + = / / / i; k');
  assert.equal(spans.length, 2);
});

test('an import against the direction of the layers is found', () => {
  catches(layers, 'src/domain/a.ts', importing('../ledger/b.ts'));
  catches(layers, 'src/ledger/a.ts', importing('../storage/b.ts'));
  catches(layers, 'src/ledger/a.ts', "import type { A } from '../dialects/b.ts';");
  catches(layers, 'src/dialects/ecpay/a.ts', importing('../../storage/open.ts'));
  catches(layers, 'src/dialects/ecpay/a.ts', importing('../systemlead/b.ts'));
  catches(layers, 'src/storage/sqlite/a.ts', importing('../postgres/b.ts'));
  catches(layers, 'src/mof/simulator/a.ts', importing('../mig/f0401.ts'));
  catches(layers, 'src/mof/simulator/a.ts', importing('../turnkey/outbox.ts'));
  catches(layers, 'src/server/a.ts', importing('../main.ts'));
  catches(layers, 'src/server/a.ts', importing('../../test/support/b.ts'));
  catches(layers, 'packages/client/src/a.ts', importing('../../../src/domain/b.ts'));
  catches(layers, 'packages/client/src/wire/a.ts', importing('../client.ts'));
  catches(layers, 'src/elsewhere/a.ts', '');
});

test('an import along the direction of the layers passes', () => {
  passes(layers, 'src/ledger/a.ts', importing('../domain/b.ts'));
  passes(layers, 'src/dialects/index.ts', importing('./ecpay/index.ts'));
  passes(layers, 'src/dialects/ecpay/a.ts', importing('#wire/b2c.ts') + importing('../dialect.ts'));
  passes(layers, 'src/server/a.ts', importing('../storage/open.ts'));
  passes(layers, 'src/main.ts', importing('./server/start.ts'));
  passes(layers, 'src/ledger/a.test.ts', importing('../storage/open.ts'));
});

test('imports that go round are found, also through a third file', () => {
  const files = {
    'src/a.ts': importing('./b.ts'),
    'src/b.ts': importing('./c.ts'),
    'src/c.ts': importing('./a.ts'),
  };
  assert.deepEqual(findings(circles, files), ['src/c.ts:1']);
  assert.deepEqual(findings(circles, { ...files, 'src/c.ts': '' }), []);
});

test('a package outside its folders, unlisted or unpinned is found', () => {
  catches(packages, 'src/domain/a.ts', importing('node:crypto'));
  catches(packages, 'src/ledger/a.ts', importing('pino'));
  catches(packages, 'src/ledger/a.ts', importing('node:fs'));
  catches(packages, 'src/server/a.ts', importing('node:sqlite'));
  catches(packages, 'src/storage/sqlite/a.ts', importing('pg'));
  catches(packages, 'src/mof/a.ts', importing('left-pad'));
  catches(packages, 'package.json', '{"dependencies": {"left-pad": "1.0.0"}}');
  catches(packages, 'package.json', '{"devDependencies": {"typescript": "^7.0.2"}}');
  passes(packages, 'src/storage/sqlite/a.ts', importing('node:sqlite'));
  passes(packages, 'src/ledger/a.ts', importing('node:crypto'));
  const manifest = { 'package.json': '{"dependencies": {"fastify": "5.12.8"}}' };
  const reasons = { 'docs/decisions/chosen-parts.md': '| `fastify` | why |' };
  assert.deepEqual(findings(packages, manifest), ['package.json:1'], 'a package without a reason');
  assert.deepEqual(findings(packages, { ...manifest, ...reasons }), []);
});

test('time, randomness, environment and console outside their ports are found', () => {
  catches(ports, 'src/ledger/a.ts', 'const now = Date.now();');
  catches(ports, 'src/ledger/a.ts', 'const now = new Date();');
  catches(ports, 'src/mof/a.ts', 'const now = Temporal.Now.instant();');
  catches(ports, 'src/mof/a.ts', 'const dice = Math.random();');
  catches(ports, 'src/mof/a.ts', "import { randomBytes } from 'node:crypto';");
  catches(ports, 'src/storage/a.ts', 'const url = process.env.KAILI_DATABASE_URL;');
  catches(ports, 'src/server/a.ts', "console.log('here');");
  passes(ports, 'src/domain/a.ts', '// Date.now() is not called\nconst day = new Date(0);');
  passes(ports, 'src/ledger/a.test.ts', 'const now = Date.now();');
});

test('a file or a function over its length is found', () => {
  const lines = (count: number): string => 'x();\n'.repeat(count);
  catches(sizes, 'src/a.ts', lines(FILE_LINES_MAX + 1));
  passes(sizes, 'src/a.ts', lines(FILE_LINES_MAX));
  const body = lines(FUNCTION_LINES_MAX);
  catches(sizes, 'src/a.ts', `function a(b: C): Promise<{ d: E }> {\n${body}}`);
  catches(sizes, 'src/a.ts', `const a = async (): Promise<void> => {\n${body}};`);
  catches(sizes, 'src/a.ts', `class A {\n  #b(c: D) {\n${body}  }\n}`);
  passes(sizes, 'src/a.ts', `function a(): void {\n${lines(FUNCTION_LINES_MAX - 2)}}`);
  passes(sizes, 'src/a.ts', `export class A<B> extends C<D> implements E {\n${body}}`);
  passes(sizes, 'src/a.ts', `export const a: B = {\n${'  c: 1,\n'.repeat(90)}};`);
  passes(sizes, 'src/a.test.ts', `describe('a', () => {\n${body}test('b', () => {});\n});`);
  passes(sizes, 'src/a.ts', `if (a(b)) {\n${body}} else {\n${body}}`);
});

test('what talks the type system around is found', () => {
  const loose = ['a', 'ny'].join('');
  catches(types, 'src/a.ts', `const a: ${loose} = 1;`);
  catches(types, 'src/a.ts', `const a = f<${loose}>();`);
  catches(types, 'src/a.ts', `const a = b as unknown as ${loose};`);
  catches(types, 'src/a.ts', 'const a = b!.c;');
  catches(types, 'src/a.ts', 'f(a[0]!, b);');
  catches(types, 'src/a.ts', `// @ts-${'ignore'}\nf();`);
  catches(types, 'src/a.ts', 'export default 1;');
  catches(types, 'src/a.ts', "export { a } from './b.ts';");
  catches(types, 'src/a.ts', "export * from './b.ts';");
  catches(types, 'src/a.ts', 'const a = b as C;');
});

test('the allowed forms beside them pass', () => {
  passes(types, 'src/a.ts', "const kinds = ['any', 'none'] as const;");
  passes(types, 'src/a.ts', 'const first = await Promise.any(all);');
  passes(types, 'src/a.ts', 'if (a !== b && !c) f(!d);');
  passes(types, 'src/a.ts', "import { a as b } from './c.ts';");
  passes(types, 'src/a.ts', '// Checked above: only a C has this member.\nconst a = b as C;');
  passes(types, 'src/c.ts', 'export type C = string & { readonly [brand]: true };\nreturn b as C;');
  passes(types, 'src/a.ts', 'type A<B> = { [C in keyof B as D<C>]: B[C] };');
  passes(types, 'src/a.test.ts', 'const a = b as C;');
  passes(types, 'packages/client/src/index.ts', "export { a } from './b.ts';");
});

test('a name without a subject, or in another case, is found', () => {
  catches(names, 'src/ledger/issueBatch.ts', '');
  catches(names, 'src/Ledger/issue.ts', '');
  catches(names, 'src/ledger/utils.ts', '');
  catches(names, 'src/ledger/date-helpers.ts', '');
  catches(names, 'docs/guides/TurnKey.md', '');
  passes(names, 'src/ledger/issue.test.ts', '');
  passes(names, 'docs/README.md', '');
});

test('a missing head and a note to self are found', () => {
  catches(comments, 'src/a.ts', 'const a = 1;\n// late');
  catches(comments, 'src/a.ts', '');
  catches(comments, 'src/a.ts', `/**${'\n * line'.repeat(20)}\n */\n`);
  catches(comments, 'src/a.ts', `/** What it is. */\n// ${['TO', 'DO'].join('')}: later\n`);
  passes(comments, 'src/a.ts', '#!/usr/bin/env node\n/** What it is. */\n');
});

test('a path of one machine and a registry host are found', () => {
  const path = ['', 'work', 'main', 'src'].join('/');
  const host = ['https:/', 'registry.example.com', 'left-pad.tgz'].join('/');
  catches(places, 'docs/a.md', `see ${path}`);
  catches(places, 'src/a.ts', `const a = '${['', 'home', 'me'].join('/')}';`);
  catches(places, 'package-lock.json', `{"resolved": "${host}"}`);
  catches(places, '.npmrc', `registry=${host}`);
  catches(places, 'src/a.ts', `read('${['..', 'shared', 'reference'].join('/')}')`);
  passes(places, 'package-lock.json', '{"resolved": "packages/client", "link": true}');
  passes(places, 'docs/a.md', 'a path such as ./data/ or src/work/ is fine');
});

test('a test alone and a skip without a reason are found', () => {
  catches(tests, 'src/a.test.ts', `test.${'only'}('a', () => {});`);
  catches(tests, 'src/a.test.ts', `test.${'skip'}('a', () => {});`);
  catches(tests, 'src/a.test.ts', "test('a', { skip: true }, () => {});");
  catches(tests, 'src/a.test.ts', `t.${'skip'}();`);
  passes(
    tests,
    'src/a.test.ts',
    "test('a', { skip: reason }, () => {});\nt.skip('no schemas here');",
  );
});

test("a provider's wire name below its dialect is found, and may be cited", () => {
  catches(words, 'src/ledger/a.ts', 'const a = { RelateNumber: 1 };');
  passes(words, 'src/ledger/a.ts', '/** ECPay RelateNumber. */\nconst reference = 1;');
  passes(words, 'src/dialects/ecpay/a.ts', 'const a = { RelateNumber: 1 };');
});

test('a link that leads nowhere is found', () => {
  const there = { 'docs/guides/b.md': '' };
  assert.deepEqual(findings(links, { 'docs/a.md': '[b](guides/c.md)', ...there }), ['docs/a.md:1']);
  const good = '[b](guides/b.md#part) [all](guides/) [web](https://example.com)';
  assert.deepEqual(findings(links, { 'docs/a.md': good, ...there }), []);
});
