/**
 * Kaili's own demo data for tests: the two sandbox sellers and drafts of ordinary invoices. Every value is
 * made up; the tax IDs satisfy the check digit and belong to nobody.
 */
import assert from 'node:assert/strict';
import type { AllowanceDraft } from '../../src/domain/allowance.ts';
import { NO_CARRIER } from '../../src/domain/carrier.ts';
import { composeInvoice } from '../../src/domain/compose-invoice.ts';
import { type Decimal, parseDecimal } from '../../src/domain/decimal.ts';
import type { Outcome } from '../../src/domain/fault.ts';
import type { ComposedInvoice, DraftLine, InvoiceDraft } from '../../src/domain/invoice.ts';
import type { Seller } from '../../src/domain/seller.ts';
import { type Twd, twd } from '../../src/domain/twd.ts';
import { ubn } from '../../src/domain/ubn.ts';

export const SELLER_A: Seller = {
  ubn: ubn('12345675'),
  name: '開立測試商店',
  address: '臺北市中正區示範路一段1號',
  personInCharge: '王開立',
  phone: '0223456789',
  fax: '',
  email: 'shop-a@example.com',
  zeroTaxRateReasonDefault: '71',
  memberCarrierCode: 'EJ0113',
};

export const SELLER_B: Seller = {
  ...SELLER_A,
  ubn: ubn('22222229'),
  name: '開立測試商行',
  address: '高雄市前金區示範路二段2號',
  email: 'shop-b@example.com',
};

/** A business buyer's tax ID. */
export const BUYER_UBN = ubn('04595257');

export function dollars(amount: number): Twd {
  const value = twd(amount);
  assert(value !== undefined);
  return value;
}

export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  assert(value !== undefined, `not a decimal: ${text}`);
  return value;
}

export function line(sequence: number, description: string, amount: string): DraftLine {
  return {
    sequence,
    description,
    quantity: decimal('1'),
    unit: '個',
    unitPrice: decimal(amount),
    amount: decimal(amount),
    taxType: '',
    remark: '',
  };
}

/** A printed consumer invoice of one line; `changes` replace members. */
export function draft(total: number, changes: Partial<InvoiceDraft> = {}): InvoiceDraft {
  return {
    invoiceType: '07',
    taxType: '1',
    specialTaxCode: 0,
    clearanceMark: '',
    zeroTaxRateReason: '',
    sense: 'tax-included',
    total: dollars(total),
    stated: null,
    buyer: {
      ubn: null,
      name: '',
      address: '',
      phone: '0911222333',
      email: 'buyer@example.com',
      customerId: '',
    },
    carrier: NO_CARRIER,
    memberCarrierId: '',
    isPrinted: true,
    donationCode: '',
    remark: '',
    lines: [line(1, '示範商品', String(total))],
    ...changes,
  };
}

export function composed(total: number, changes: Partial<InvoiceDraft> = {}): ComposedInvoice {
  return accepted(composeInvoice(draft(total, changes), SELLER_A));
}

export function allowanceDraft(
  total: number,
  changes: Partial<AllowanceDraft> = {},
): AllowanceDraft {
  return {
    total: dollars(total),
    reason: '',
    customerName: '',
    notify: { kind: 'N', email: '', phone: '' },
    lines: [
      {
        sequence: 1,
        description: '示範商品',
        quantity: decimal('1'),
        unit: '個',
        unitPrice: decimal(String(total)),
        amount: decimal(String(total)),
        taxType: '',
      },
    ],
    ...changes,
  };
}

/** The value of an outcome that must be one. */
export function accepted<T>(outcome: Outcome<T> | undefined): T {
  assert(outcome?.ok === true, `refused: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

/** The codes of an outcome that must be refused. */
export function refusedCodes(outcome: Outcome<unknown> | undefined): readonly string[] {
  assert(outcome?.ok === false, `not refused: ${JSON.stringify(outcome)}`);
  return outcome.faults.map((fault) => fault.code);
}
