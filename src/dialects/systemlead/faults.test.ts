/** Every fault that a verb of this API can meet has an answer, and every answer is in the list of texts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS, type FaultCode } from '../../domain/fault.ts';
import { ASKED, findRefusal } from './faults.ts';
import { REFUSALS } from './refusal.ts';

/** Faults that no action of this API can meet, or that fail the whole request by design. */
const ANOTHER_API = 'a rule of another provider’s business invoices';
const ELSEWHERE: Readonly<Partial<Record<FaultCode, string>>> = {
  FIELD_REQUIRED: 'members are read by this dialect itself',
  FIELD_FORMAT: 'members are read by this dialect itself',
  FIELD_LENGTH: 'members are read by this dialect itself',
  SPECIAL_TAX_RATE_UNKNOWN: 'special tax is not in this API',
  CLOCK_BEHIND_SEGMENT: 'the center’s own clock is wrong: the request fails as a whole',
  ALLOWANCE_CONSENTED: 'online allowances are another provider’s',
  ALLOWANCE_LAPSED: 'online allowances are another provider’s',
  ALLOWANCE_VOID_DEADLINE_PASSED: 'this API knows no last day for it',
  BLANK_RANGE_INVALID: 'TrackBlank and SetBlankInvoiceID have texts of their own',
  LINE_AMOUNT_MISMATCH: ANOTHER_API,
  LINE_TAX_MISMATCH: ANOTHER_API,
  LINE_TAX_SUM_MISMATCH: ANOTHER_API,
  ISSUE_TIME_OUT_OF_RANGE: ANOTHER_API,
  ISSUE_TIME_BEFORE_PRECEDING: ANOTHER_API,
  INVOICE_UNCONFIRMED: ANOTHER_API,
  INVOICE_CONFIRMED: ANOTHER_API,
  INVOICE_RETURNED: ANOTHER_API,
  ALLOWANCE_LINE_UNKNOWN: ANOTHER_API,
  ALLOWANCE_NAME_MISMATCH: ANOTHER_API,
  ALLOWANCE_ABOVE_LINE: ANOTHER_API,
  ALLOWANCE_MODES_MIXED: ANOTHER_API,
  SELLER_UNKNOWN: 'the account names a seller that is here',
  TRACK_YEAR_OUT_OF_RANGE: 'no action here administers tracks',
  TRACK_NOT_FOUND: 'no action here administers tracks',
  BUSY: 'the request fails as a whole and may be sent again',
};

test('a fault of invoice, allowance or blank has an answer or a reason', () => {
  const groups =
    /^(INVOICE|ISSUE|ALLOWANCE|BLANK|AMOUNT|CLASS|LINE|MIXED|VOID|REFERENCE|TRACK|ZERO|CLEARANCE|REISSUE)_/;
  const open = (Object.keys(FAULTS) as FaultCode[]).filter((code) => {
    const isAnswered = ASKED.some(
      (asked) => findRefusal(asked, { code, path: 'order' }) !== undefined,
    );
    return groups.test(code) && !isAnswered && ELSEWHERE[code] === undefined;
  });
  assert.deepEqual(open, []);
});

test('every answer stands in the list of texts', () => {
  for (const asked of ASKED) {
    for (const code of Object.keys(FAULTS) as FaultCode[]) {
      const found = findRefusal(asked, { code, path: 'billing' });
      if (found === undefined || found.code === 'E-INV-001') continue;
      const texts: readonly string[] = REFUSALS[found.code];
      assert(texts.includes(found.text), `${asked} ${code}: ${found.text}`);
    }
  }
});
