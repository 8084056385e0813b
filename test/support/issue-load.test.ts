/** The judges of the load tests can say no: a judge that cannot would make those tests worthless. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Members } from './ecpay-bytes.ts';
import { assertShown, order } from './ecpay-orders.ts';
import { assertNumbers } from './issue-load.ts';

function reply(InvoiceNo: string, InvoiceDate: string): Members {
  return { InvoiceNo, InvoiceDate, RandomNumber: '0417' };
}

const FIRST = reply('AB00000010', '2026-11-21 10:00:00');
const SECOND = reply('AB00000011', '2026-11-21 10:00:00');
const THIRD = reply('AB00000012', '2026-11-21 10:00:01');
const OTHER_TRACK = reply('CD00000500', '2026-11-21 09:00:00');

test('numbers in any order of arrival pass, each track by itself', () => {
  assertNumbers([THIRD, OTHER_TRACK, FIRST, SECOND]);
});

test('a gap, a number used twice and a time that goes back are seen', () => {
  assert.throws(() => assertNumbers([FIRST, THIRD]), /missing, or used twice/);
  assert.throws(() => assertNumbers([FIRST, SECOND, SECOND, THIRD]), /missing, or used twice/);
  const early = reply('AB00000012', '2026-11-21 09:59:59');
  assert.throws(() => assertNumbers([FIRST, SECOND, early]), /time goes back at AB00000012/);
});

test('an invoice shown with another amount, number or line is seen', () => {
  const sent = order('judge', 0);
  const shown = {
    RtnCode: 1,
    IIS_Number: FIRST.InvoiceNo,
    IIS_Create_Date: FIRST.InvoiceDate,
    IIS_Random_Number: FIRST.RandomNumber,
    IIS_Relate_Number: sent.RelateNumber,
    IIS_Sales_Amount: 100,
    IIS_Tax_Type: '1',
    IIS_Type: '07',
    IIS_Identifier: '0000000000',
    IIS_Customer_Name: '',
    IIS_Customer_Email: sent.CustomerEmail,
    IIS_Carrier_Type: '1',
    IIS_Love_Code: '0',
    IIS_Print_Flag: '0',
    IIS_Issue_Status: '1',
    Items: sent.Items,
  };
  assertShown(shown, sent, FIRST);
  assert.throws(() => assertShown({ ...shown, IIS_Sales_Amount: 101 }, sent, FIRST));
  assert.throws(() => assertShown(shown, sent, SECOND));
  assert.throws(() => assertShown({ ...shown, Items: [] }, sent, FIRST));
});
