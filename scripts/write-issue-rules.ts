/**
 * Writes `docs/reference/ecpay-issue-rules.md` from the list of rules by which an ECPay Issue is refused:
 * `node scripts/write-issue-rules.ts`. A test fails where page and list differ.
 */
import { writeFileSync } from 'node:fs';
import { OFFLINE_ISSUE_REQUEST } from '#wire/ecpay-b2c/offline.ts';
import {
  ISSUE_RULE_LIST,
  type ListedRule,
  RULES_ACTION,
} from '../src/dialects/ecpay/b2c/issue-rule-list.ts';
import { type Action, answerTo, B2C_ACTIONS } from '../src/dialects/ecpay/faults.ts';

export const ISSUE_RULES_PAGE = new URL('../docs/reference/ecpay-issue-rules.md', import.meta.url);

const HEAD = `# Rules of an ECPay Issue

Every rule by which \`Issue\` refuses an order, with its answer; what is issued, and why a rule is as it is, is told in
[ecpay-b2c.md](ecpay-b2c.md). An order that breaks several rules is told of all of them: \`RtnCode\` is that of the first
one on this page, \`RtnMsg\` joins the texts with CR LF as far as 200 characters reach. A line's rule counts for
every line.

The numbers of a range other than 8900000–8999999 are ECPay's own, seen on its stage or in its documents; those in it are
Kaili's. The fault is the name of the rule in Kaili's log and in [faults.md](faults.md).

This page is written by \`node scripts/write-issue-rules.ts\` from the tables that judge an order. A test breaks each rule
alone, on both engines, and expects exactly this code and text.
`;

const OFFLINE_LINES_MAX = OFFLINE_ISSUE_REQUEST.Items.rowsMax;
/** Kaili's own numbers. */
const OWN_NUMBERS = { first: 8_900_000, last: 8_999_999 };

/** Actions that bear an invoice's content, beside Issue. */
const OTHERS: readonly Action[] = B2C_ACTIONS.filter(
  (action) =>
    action !== RULES_ACTION &&
    answerTo(action, { code: 'AMOUNT_SUM_MISMATCH', path: '' }) !== undefined,
);

/** The page, from the list as it is now. */
export function issueRulesPage(): string {
  const rows = ISSUE_RULE_LIST.map(
    ({ answer, path, asks, code }) =>
      `| ${answer.rtnCode} | ${answer.text} | ${memberCell(path)} | ${cell(asks)} | \`${code}\` |`,
  );
  return [
    HEAD,
    '## Rules',
    '',
    '| RtnCode | RtnMsg | member | asks for | fault |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...others(),
    '',
  ].join('\n');
}

/** Where another action that bears the same members answers a rule by another number. */
function others(): readonly string[] {
  const rows = ISSUE_RULE_LIST.flatMap((rule) => {
    const found = OTHERS.flatMap((action) => {
      const answer = answerTo(action, rule);
      return answer === undefined || answer.rtnCode === rule.answer.rtnCode
        ? []
        : [{ action, rtnCode: answer.rtnCode }];
    });
    return found.length === 0 ? [] : [otherRow(rule, found)];
  });
  return [
    '## In other actions',
    '',
    `${OTHERS.map((action) => `\`${action}\``).join(', ')} ask the same of an invoice's content and answer the same,`,
    `but for the numbers of ECPay that are known of \`Issue\` alone. \`OfflineIssue\` takes ${OFFLINE_LINES_MAX} lines at most;`,
    '`VoidWithReIssue` keeps the number and the reference that the invoice has, and asks for neither.',
    '',
    '| rule | in `Issue` | elsewhere |',
    '| --- | --- | --- |',
    ...rows,
  ];
}

function otherRow(
  { path, code, answer }: ListedRule,
  found: readonly { readonly action: Action; readonly rtnCode: number }[],
): string {
  const numbers = [...new Set(found.map(({ rtnCode }) => rtnCode))].map((rtnCode) => {
    assertOwn(rtnCode);
    const actions = found.filter((one) => one.rtnCode === rtnCode).map(({ action }) => action);
    const names = actions.length === OTHERS.length ? '' : ` (${actions.join(', ')})`;
    return `${rtnCode}${names}`;
  });
  return `| ${memberCell(path)}, \`${code}\` | ${answer.rtnCode} | ${numbers.join(', ')} |`;
}

function assertOwn(rtnCode: number): void {
  if (rtnCode < OWN_NUMBERS.first || rtnCode > OWN_NUMBERS.last) {
    throw new Error(`${rtnCode} is another action's own number: say so on the page`);
  }
}

function memberCell(path: string): string {
  return `\`${path.replace('[0]', '[]')}\``;
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (import.meta.main) writeFileSync(ISSUE_RULES_PAGE, issueRulesPage());
