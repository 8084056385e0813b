/** `docs/reference/ecpay-b2c.md` says what the code does: its examples, codes, fields and endpoints. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { repositoryPath } from '../../../test/support/golden.ts';
import { FAULTS, type FaultCode } from '../../domain/fault.ts';
import { type FieldArea, fieldAnswer, fieldNumber } from './fault-fields.ts';
import { type Action, answerTo, B2C_ACTIONS } from './faults.ts';

const page = readFileSync(repositoryPath('docs/reference/ecpay-b2c.md'), 'utf8');

/** Whether an action bears an invoice's content: the page calls these "any issue". */
function isIssue(action: Action): boolean {
  return answerTo(action, { code: 'AMOUNT_SUM_MISMATCH', path: '' })?.rtnCode === 5000022;
}

/** Cells of every table row of the page. */
const rows = page
  .split('\n')
  .filter((text) => text.startsWith('| '))
  .map((text) => text.split('|').map((cell) => cell.trim()));

function hasRow(...starts: readonly string[]): boolean {
  return rows.some((cells) => starts.every((start, index) => cells[index + 1] === start));
}

test('every example is the golden’s, and there are some', () => {
  const quoted = page.matchAll(
    /`([\w-]+\/(?:request|response)\.json)`, `(\w+)`:\n\n```json\n(.+?)\n```/gs,
  );
  let count = 0;
  for (const [, file = '', member = '', json = ''] of quoted) {
    const golden = JSON.parse(readFileSync(repositoryPath(`examples/ecpay-b2c/${file}`), 'utf8'));
    assert.deepEqual(JSON.parse(json), golden[member], file);
    count += 1;
  }
  assert.equal(count, page.split('```json').length - 1);
  assert(count > 0);
});

test('every refusal is listed with its text and its fault', () => {
  for (const action of B2C_ACTIONS) {
    // Every code is in this table.
    for (const code of Object.keys(FAULTS) as readonly FaultCode[]) {
      if (code.startsWith('FIELD_')) continue;
      const answer = answerTo(action, { code, path: '' });
      if (answer === undefined) continue;
      const listed = rows.find(
        (cells) => cells[1] === String(answer.rtnCode) && cells[4]?.includes(`\`${code}\``),
      );
      assert(listed !== undefined, `${answer.rtnCode} for ${code} is not on the page`);
      assert.equal(listed[2], answer.text);
      const cells = listed[3]?.split(', ') ?? [];
      const isNamed = cells.includes('any') || cells.includes(action);
      assert(isNamed || (cells.includes('any issue') && isIssue(action)), `${code} ${action}`);
    }
  }
});

test('every success text is listed', () => {
  const texts = [
    '開立發票成功',
    '作廢發票成功',
    '折讓單資料新增成功',
    '該折讓單已作廢',
    '查詢成功',
    '更新成功',
    '取消成功',
    '發送通知成功',
    '成功',
    '成功取得查詢結果',
  ];
  for (const text of texts) assert(hasRow('1', text), text);
});

test('every numbered field is in its area’s row, with its name', () => {
  for (const area of ['10', '20', '30', '40', '50'] as const satisfies readonly FieldArea[]) {
    const fields = rows.find((cells) => cells[1] === area)?.[3]?.split(' · ') ?? [];
    assert(fields.length > 0, `area ${area}`);
    for (const field of fields) {
      const [number = '', quoted = '', name = ''] = field.split(' ');
      const member = quoted.replaceAll('`', '').replace('Query_…', 'Query_Award');
      assert.equal(fieldNumber(area, member), Number(number), field);
      assert.equal(fieldAnswer('none', area, member, 1).text, `${name}為必填`);
    }
  }
});

test('the endpoints that are here are the routes', () => {
  const here = rows
    .filter((cells) => cells[3]?.startsWith('here'))
    .map((cells) => cells[1]?.replaceAll('`', ''));
  const aliases = [
    'GetIssueByRelateNo',
    'CheckCompanyIdentifier',
    'CancelAllowance',
    'InvoiceWordSetting',
  ];
  assert.deepEqual(here.sort(), [...B2C_ACTIONS, ...aliases].sort());
});
