/**
 * Which filings wait for a setting or a person, and the states of invoices and filings.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SELLER_A } from '../../test/support/demo.ts';
import { BUSINESS, invoiceDraft } from '../../test/support/draft.ts';
import { type CarrierKind, NO_CARRIER } from './carrier.ts';
import { composeInvoice } from './compose-invoice.ts';
import { parseDonationCode } from './donation-code.ts';
import { canMoveFiling, FILING_STATES } from './filing.ts';
import { filingHolds } from './filing-holds.ts';
import { canMoveInvoice, type HoldReason, type InvoiceDraft } from './invoice.ts';

const NO_CODE = { ...SELLER_A, memberCarrierCode: '' };

function holds(changes: Partial<InvoiceDraft>, seller = NO_CODE): readonly HoldReason[] {
  const outcome = composeInvoice(invoiceDraft({ isPrinted: false, ...changes }), seller);
  assert.ok(outcome.ok);
  return filingHolds(outcome.value, seller);
}

function carrier(kind: CarrierKind) {
  return { kind, visibleId: 'X', hiddenId: 'X' };
}

const donationCode = parseDonationCode('919') ?? assert.fail();

test('without a member-carrier code an invoice that needs it is held, and no other', () => {
  const missing = ['member-carrier-code-missing'];
  assert.deepEqual(holds({ carrier: NO_CARRIER }), missing);
  assert.deepEqual(holds({ carrier: carrier('member') }), missing);
  assert.deepEqual(holds({ carrier: carrier('member'), buyer: BUSINESS }), missing);
  assert.deepEqual(holds({ isPrinted: true }), []);
  assert.deepEqual(holds({ donationCode }), []);
  assert.deepEqual(holds({ donationCode, carrier: carrier('member') }), []);
  for (const kind of ['citizen-certificate', 'mobile-barcode', 'easycard', 'ipass'] as const) {
    assert.deepEqual(holds({ carrier: carrier(kind) }), []);
  }
  assert.deepEqual(holds({ carrier: carrier('member') }, SELLER_A), []);
});

test('without an address of the seller every invoice is held, a blank one is none', () => {
  for (const address of ['', '  ']) {
    assert.deepEqual(holds({ isPrinted: true }, { ...SELLER_A, address }), [
      'seller-address-missing',
    ]);
  }
});

test('all reasons are given, those of the content last', () => {
  const changes = { invoiceType: '08', taxType: '3' } as const;
  assert.deepEqual(holds(changes, { ...NO_CODE, address: '' }), [
    'seller-address-missing',
    'member-carrier-code-missing',
    'special-tax-unconfirmed',
  ]);
  assert.deepEqual(holds(changes, SELLER_A), ['special-tax-unconfirmed']);
});

test('an invoice goes from issued to voided and never back', () => {
  assert.ok(canMoveInvoice('issued', 'voided'));
  assert.ok(!canMoveInvoice('voided', 'issued'));
  assert.ok(!canMoveInvoice('voided', 'voided'));
});

test('a confirmed filing never moves, and nothing goes back before its file', () => {
  assert.deepEqual(
    FILING_STATES.filter((to) => canMoveFiling('confirmed', to)),
    [],
  );
  for (const from of ['handed', 'sent'] as const) {
    for (const to of ['held', 'ready'] as const) assert.ok(!canMoveFiling(from, to));
  }
  assert.deepEqual(
    FILING_STATES.filter((to) => canMoveFiling('refused', to)),
    ['ready', 'confirmed'],
  );
});
