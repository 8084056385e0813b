/** `docs/reference/ecpay-b2b.md` says what the code does: its examples, codes, fields and endpoints. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { repositoryPath } from '../../../../test/support/golden.ts';
import { FAULTS, type FaultCode } from '../../../domain/fault.ts';
import { fieldAnswer, fieldNumber } from '../fault-fields.ts';
import { ACTIONS, answerTo } from '../faults.ts';
import { B2B_ALIASES, B2B_ENDPOINTS } from './endpoints.ts';

const page = readFileSync(repositoryPath('docs/reference/ecpay-b2b.md'), 'utf8');
const B2B_ACTIONS = ACTIONS.filter((action) => action.startsWith('B2B/'));

/** Cells of every table row of the page. */
const rows = page
  .split('\n')
  .filter((text) => text.startsWith('| '))
  .map((text) => text.split('|').map((cell) => cell.trim()));

test('every example is the golden’s, and there are some', () => {
  const quoted = page.matchAll(
    /`([\w-]+\/(?:request|response)\.json)`, `(\w+)`:\n\n```json\n(.+?)\n```/gs,
  );
  let count = 0;
  for (const [, file = '', member = '', json = ''] of quoted) {
    const golden = JSON.parse(readFileSync(repositoryPath(`examples/ecpay-b2b/${file}`), 'utf8'));
    assert.deepEqual(JSON.parse(json), golden[member], file);
    count += 1;
  }
  assert.equal(count, page.split('```json').length - 1);
  assert(count > 0);
});

test('every refusal is listed with its text, its action and its fault', () => {
  for (const action of B2B_ACTIONS) {
    // Every code is in this table.
    for (const code of Object.keys(FAULTS) as readonly FaultCode[]) {
      if (code.startsWith('FIELD_')) continue;
      const answer = answerTo(action, { code, path: '' });
      if (answer === undefined) continue;
      const listed = rows.find(
        (cells) =>
          cells[1] === String(answer.rtnCode) &&
          cells[2] === answer.text &&
          cells[4]?.includes(`\`${code}\``),
      );
      assert(listed !== undefined, `${answer.rtnCode} for ${code} is not on the page`);
      const named = listed[3]?.split(', ') ?? [];
      assert(
        named.includes('any') || named.includes(action.slice('B2B/'.length)),
        `${code} ${action}`,
      );
    }
  }
});

test('every numbered field is in its area’s row, with its name', () => {
  for (const area of ['60', '70', '80', '90'] as const) {
    const fields = rows.find((cells) => cells[1] === area)?.[3]?.split(' · ') ?? [];
    assert(fields.length > 0, `area ${area}`);
    for (const field of fields) {
      const [number = '', quoted = '', name = ''] = field.split(' ');
      const member = quoted.replaceAll('`', '');
      assert.equal(fieldNumber(area, member), Number(number), field);
      assert.equal(fieldAnswer('none', area, member, 1).text, `${name}為必填`);
    }
  }
});

test('the endpoints that are here are the routes', () => {
  const here = rows
    .filter((cells) => cells[3]?.startsWith('here'))
    .map((cells) => cells[1]?.replaceAll('`', ''));
  const routes = [
    ...B2B_ENDPOINTS.map(({ wire }) => wire.path),
    ...B2B_ALIASES.map(({ path }) => path),
  ];
  assert.deepEqual(here.sort(), routes.map((path) => path.slice('/B2BInvoice/'.length)).sort());
});
