/** The page of Issue rules says what the list of rules says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ISSUE_RULE_LIST } from '../src/dialects/ecpay/b2c/issue-rule-list.ts';
import { ISSUE_RULES_PAGE, issueRulesPage } from './write-issue-rules.ts';

test('docs/reference/ecpay-issue-rules.md is what node scripts/write-issue-rules.ts writes', () => {
  assert.equal(readFileSync(ISSUE_RULES_PAGE, 'utf8'), issueRulesPage());
});

test('the page has one row for each rule', () => {
  const rows = issueRulesPage().split('\n');
  for (const { answer, code } of ISSUE_RULE_LIST) {
    const start = `| ${answer.rtnCode} | ${answer.text} | `;
    assert(
      rows.some((row) => row.startsWith(start) && row.endsWith(`\`${code}\` |`)),
      code,
    );
  }
  assert.equal(rows.filter((row) => /^\| \d+ \|/.test(row)).length, ISSUE_RULE_LIST.length);
});
