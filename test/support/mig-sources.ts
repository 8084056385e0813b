/**
 * Filings with their records, as the ledger would give them to the outbox, made of Kaili's demo data
 * through the real composition of invoices and allowances.
 */
import assert from 'node:assert/strict';
import type { AllowanceContent, AllowanceDraft } from '../../src/domain/allowance.ts';
import { composeAllowance } from '../../src/domain/compose-allowance.ts';
import { composeInvoice } from '../../src/domain/compose-invoice.ts';
import type { FilingMessage } from '../../src/domain/filing.ts';
import type { InvoiceContent, InvoiceDraft } from '../../src/domain/invoice.ts';
import { parseInvoiceNumber } from '../../src/domain/invoice-number.ts';
import { periodOf } from '../../src/domain/period.ts';
import type { Seller } from '../../src/domain/seller.ts';
import { type TaipeiDateTime, taipeiDateOf, taipeiDateTime } from '../../src/domain/taipei.ts';
import type {
  AllowanceRecord,
  FilingRow,
  InvoiceRecord,
  InvoiceRow,
} from '../../src/ledger/rows.ts';
import type { MessageSource } from '../../src/mof/mig/compose.ts';
import { accepted, dollars, SELLER_A } from './demo.ts';

/** A Taipei time of the demo data. */
export function at(iso: string): TaipeiDateTime {
  return taipeiDateTime(Date.parse(`${iso}+08:00`));
}

export const ISSUED_AT = at('2026-11-21T14:30:05');
export const ALLOWED_AT = at('2026-11-25T10:00:00');
export const VOIDED_AT = at('2026-11-26T09:15:30');
export const VOID_REASON = '訂單取消';
export const ALLOWANCE_NUMBER = '2026112510000001';

/** The content of an issued invoice of seller A, or of `seller`. */
export function contentOf(
  draft: InvoiceDraft,
  changes: Partial<InvoiceContent> = {},
  seller: Seller = SELLER_A,
): InvoiceContent {
  const number = parseInvoiceNumber('KA10000001');
  assert(number !== undefined);
  return {
    ...accepted(composeInvoice(draft, seller)),
    seller: seller.ubn,
    period: periodOf(taipeiDateOf(ISSUED_AT)),
    number,
    version: 1,
    issuedAt: ISSUED_AT,
    randomNumber: '0417',
    reference: 'ORDER-20261121-001',
    billingReference: '',
    channelPartner: '',
    ...changes,
  };
}

function filingOf(content: InvoiceContent, message: FilingMessage, allowance = ''): FilingRow {
  return {
    seller: content.seller,
    sequence: 1,
    message,
    period: content.period,
    invoiceNumber: content.number,
    version: content.version,
    partner: '',
    allowanceNumber: allowance,
    eventAt: VOIDED_AT,
    reason: '',
    remark: '',
    keyDate: taipeiDateOf(content.issuedAt),
    state: 'ready',
    holds: [],
    releaseAt: null,
    attempts: 0,
    fileName: '',
    isWritten: false,
    createdAt: VOIDED_AT,
    dueAt: at('2026-11-23T23:59:59'),
    handedAt: null,
    sentAt: null,
    settledAt: null,
    resultCode: '',
    resultText: '',
    numbers: '',
    summarizedOn: null,
  };
}

function recordOf(content: InvoiceContent, voided: Partial<InvoiceRow> = {}): InvoiceRecord {
  return {
    row: {
      seller: content.seller,
      period: content.period,
      number: content.number,
      version: content.version,
      state: voided.voidedAt === undefined ? 'issued' : 'voided',
      account: 'ecpay:2000132',
      channel: 'api',
      channelPartner: '',
      reference: content.reference,
      invoiceType: content.invoiceType,
      taxType: content.taxType,
      buyerUbn: content.buyer.ubn,
      buyerName: content.buyer.name,
      buyerPhone: content.buyer.phone,
      isPrinted: content.isPrinted,
      total: content.amounts.total,
      issuedAt: content.issuedAt,
      sequence: 1,
      ip: '',
      voidedAt: null,
      voidReason: '',
      ...voided,
    },
    content,
    allowed: dollars(0),
    issueFiling: filingOf(content, 'F0401'),
    voidFiling: null,
  };
}

/** The F0401 of an invoice. */
export function issueSource(content: InvoiceContent, seller: Seller = SELLER_A): MessageSource {
  const invoice = recordOf(content);
  return { filing: invoice.issueFiling, seller, invoice, allowance: null };
}

/** The F0501, or the F0701, of an invoice. */
export function voidSource(
  content: InvoiceContent,
  message: 'F0501' | 'F0701' = 'F0501',
  reason = VOID_REASON,
  seller: Seller = SELLER_A,
): MessageSource {
  return {
    filing: { ...filingOf(content, message), reason },
    seller,
    invoice: recordOf(content, { voidedAt: VOIDED_AT, voidReason: reason }),
    allowance: null,
  };
}

/** An allowance of an invoice, after the live ones before it. */
export function allowanceOf(
  invoice: InvoiceContent,
  draft: AllowanceDraft,
  number: string = ALLOWANCE_NUMBER,
  live: readonly AllowanceContent[] = [],
): AllowanceContent {
  return {
    ...draft,
    ...accepted(composeAllowance(draft, invoice, live)),
    seller: invoice.seller,
    number,
    allowedAt: ALLOWED_AT,
    invoice: {
      period: invoice.period,
      number: invoice.number,
      issuedAt: invoice.issuedAt,
      buyerUbn: invoice.buyer.ubn,
      buyerName: invoice.buyer.name,
    },
  };
}

/** The G0401, or the G0501, of an allowance. */
export function allowanceSource(
  invoice: InvoiceContent,
  content: AllowanceContent,
  message: 'G0401' | 'G0501' = 'G0401',
  seller: Seller = SELLER_A,
): MessageSource {
  const isVoided = message === 'G0501';
  const allowance: AllowanceRecord = {
    row: {
      seller: content.seller,
      number: content.number,
      state: isVoided ? 'voided' : 'live',
      account: 'ecpay:2000132',
      period: invoice.period,
      invoiceNumber: invoice.number,
      allowedAt: content.allowedAt,
      net: content.amounts.net,
      tax: content.amounts.tax,
      total: content.amounts.total,
      content: '',
      hash: '',
      sequence: 2,
      ip: '',
      voidedAt: isVoided ? VOIDED_AT : null,
      voidReason: isVoided ? VOID_REASON : '',
    },
    content,
    allowFiling: null,
    voidFiling: null,
  };
  return {
    filing: filingOf(invoice, message, content.number),
    seller,
    invoice: recordOf(invoice),
    allowance,
  };
}
