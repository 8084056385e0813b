/**
 * Writes `docs/reference/faults.md` from the one table of faults, grouped by the table's own comments:
 * `node scripts/write-faults.ts`. A test fails where page and table differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { FAULTS } from '../src/domain/fault.ts';

const TABLE = new URL('../src/domain/fault.ts', import.meta.url);
export const FAULTS_PAGE = new URL('../docs/reference/faults.md', import.meta.url);

const HEAD = `# Faults

An expected failure is a fault: a stable code, the path of what is wrong, a text for a person, and a hint
with what was expected and what came. \`/api/v1\` answers these codes; a dialect answers its provider's own
codes, translated in one table (for ECPay: [ecpay-b2c.md](ecpay-b2c.md)). Validation answers every fault it
finds, in the order of this page. A broken invariant is no fault: it stops the writer.

This page is written by \`node scripts/write-faults.ts\` from \`src/domain/fault.ts\`.
`;

interface Group {
  readonly title: string;
  readonly codes: string[];
}

/** The page, from the table as it is now. */
export function faultsPage(): string {
  const texts: Readonly<Record<string, string>> = FAULTS;
  const sections = groups(readFileSync(TABLE, 'utf8')).map(({ title, codes }) => {
    const rows = codes.map((code) => `| \`${code}\` | ${texts[code] ?? ''} |`);
    return [`## ${title}`, '', '| code | text |', '| --- | --- |', ...rows].join('\n');
  });
  return `${HEAD}\n${sections.join('\n\n')}\n`;
}

/** The table's comment lines, each with the codes below it. */
function groups(source: string): readonly Group[] {
  const start = source.indexOf('export const FAULTS');
  const table = source.slice(start, source.indexOf('} as const', start));
  const found: Group[] = [];
  let isInComment = false;
  for (const line of table.split('\n').map((each) => each.trim())) {
    const code = /^([A-Z][A-Z0-9_]*):/.exec(line)?.[1];
    if (code !== undefined) found.at(-1)?.codes.push(code);
    // A group's title is the first sentence of its comment.
    else if (line.startsWith('//') && !isInComment) {
      const title = /^\/\/ ([^:.]*)/.exec(line)?.[1] ?? '';
      found.push({ title, codes: [] });
    }
    isInComment = line.startsWith('//');
  }
  return found;
}

if (import.meta.main) writeFileSync(FAULTS_PAGE, faultsPage());
