/** Documented answers of the ECPay B2B API that the B2C API gives as well: tracks, company names, printing. */
import {
  allowanceNumber,
  allowanceStep,
  allowed,
  type B2bCall,
  type B2bCase,
  caseOf,
  DAY,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  issued,
  MERCHANT_A,
  MERCHANT_B,
  STORED,
  step,
} from './ecpay-b2b-case.ts';
import type { Members, Merchant } from './ecpay-bytes.ts';

const ISSUED = [STORED, issued()];
const TOLD_UNKNOWN = {
  InvoiceNumber: 'ZZ00000000',
  InvoiceDate: DAY,
  NotifyMail: 'ap@example.com',
  InvoiceTag: '1',
  Notified: 'C',
};
const UNKNOWN = { InvoiceNo: 'ZZ00000000', InvoiceDate: DAY };

function printed(action: string, changes: Members = {}): B2bCall {
  return {
    action,
    data: (earlier) => ({ InvoiceNo: invoiceNumber(earlier), InvoiceDate: DAY, ...changes }),
  };
}

export const PRINT_CASES: readonly B2bCase[] = [
  caseOf('invoice-print', ISSUED, printed('InvoicePrint'), 1),
  caseOf('invoice-print-a5', ISSUED, printed('InvoicePrint', { PrintStyle: 2 }), 1),
  caseOf('invoice-print-exchanged', [EXCHANGED, exchanged()], printed('InvoicePrint'), 1),
  caseOf(
    'invoice-print-purchase',
    [EXCHANGED, exchanged()],
    { ...printed('InvoicePrint', { InvoiceCategory: 1 }), by: MERCHANT_B },
    8990703,
  ),
  caseOf('invoice-print-unknown', [], { action: 'InvoicePrint', data: UNKNOWN }, 8990703),
  caseOf('invoice-print-style', ISSUED, printed('InvoicePrint', { PrintStyle: 3 }), 8990132),
  caseOf(
    'download-pdf-purchase',
    [EXCHANGED, exchanged()],
    { ...printed('DownloadB2BPdf', { InvoiceCategory: 1 }), by: MERCHANT_B },
    0,
  ),
  caseOf('download-pdf-too-often', ISSUED, printed('DownloadB2BPdf'), 0, {
    house: { downloadLimit: { admits: () => false } },
  }),
  caseOf('download-pdf-unknown', [], { action: 'DownloadB2BPdf', data: UNKNOWN }, 8990703),
];

const TRACK = {
  InvoiceTerm: 6,
  InvoiceYear: '115',
  InvType: '07',
  InvoiceCategory: '2',
  InvoiceHeader: 'KB',
  InvoiceStart: '20000000',
  InvoiceEnd: '20000099',
};

function tracks(changes: Members = {}): B2bCall {
  return {
    action: 'GetInvoiceWordSetting',
    data: { InvoiceYear: '115', InvoiceTerm: 0, UseStatus: 0, InvoiceCategory: 2, ...changes },
  };
}

const ADDED: B2bCall = { action: 'AddInvoiceWordSetting', data: TRACK };

function status(InvoiceStatus: number): B2bCall {
  return {
    action: 'UpdateInvoiceWordStatus',
    data: (earlier) => ({ TrackID: earlier[0]?.TrackID, InvoiceStatus }),
  };
}

export const TRACK_CASES: readonly B2bCase[] = [
  caseOf(
    'get-gov-invoice-word-setting',
    [],
    { action: 'GetGovInvoiceWordSetting', data: { InvoiceYear: '115' } },
    1,
  ),
  caseOf(
    'get-gov-invoice-word-setting-year',
    [],
    { action: 'GetGovInvoiceWordSetting', data: { InvoiceYear: '113' } },
    8950702,
  ),
  caseOf('add-invoice-word-setting', [], ADDED, 1),
  caseOf('add-invoice-word-setting-alias', [], { ...ADDED, action: 'InvoiceWordSetting' }, 1),
  caseOf(
    'add-invoice-word-setting-b2c',
    [],
    { ...ADDED, data: { ...TRACK, InvoiceCategory: '1' } },
    8950242,
  ),
  caseOf('add-invoice-word-setting-taken', [ADDED], ADDED, 8950708),
  caseOf('update-invoice-word-status', [ADDED], status(2), 1),
  caseOf(
    'update-invoice-word-status-unknown',
    [],
    { action: 'UpdateInvoiceWordStatus', data: { TrackID: '0000000000', InvoiceStatus: 2 } },
    7,
  ),
  caseOf('update-invoice-word-status-final', [ADDED, status(0)], status(2), 8950709),
  caseOf('get-invoice-word-setting', ISSUED, tracks(), 1),
  caseOf('get-invoice-word-setting-none', [], tracks({ InvoiceHeader: 'ZZ' }), 7),
  caseOf('get-invoice-word-setting-term-missing', [], tracks({ InvoiceTerm: null }), 8950181),
];

export const COMPANY_CASES: readonly B2bCase[] = [
  caseOf(
    'get-company-name',
    [],
    { action: 'GetCompanyNameByTaxID', data: { UnifiedBusinessNo: '12345675' } },
    1,
  ),
  caseOf(
    'get-company-name-alias',
    [],
    { action: 'CheckCompanyIdentifier', data: { UnifiedBusinessNo: '12345675' } },
    1,
  ),
  caseOf(
    'get-company-name-check-digit',
    [],
    { action: 'GetCompanyNameByTaxID', data: { UnifiedBusinessNo: '12345678' } },
    1200125,
  ),
  caseOf(
    'get-company-name-nobody',
    [],
    { action: 'GetCompanyNameByTaxID', data: { UnifiedBusinessNo: '00000000' } },
    7,
  ),
];

const A = MERCHANT_A;
const B = MERCHANT_B;
const CONFIRMED = [EXCHANGED, exchanged(), step('IssueConfirm', B)];
const VOID_ASKED = [...CONFIRMED, step('Invalid', A)];
const RETURNED = [EXCHANGED, exchanged(), step('Reject', B, { Remark: '規格不符' })];
const ALLOWED = [...CONFIRMED, allowed(2)];
const ALLOWANCE_CONFIRMED = [...ALLOWED, allowanceStep('AllowanceConfirm', B)];
const CANCEL_ASKED = [...ALLOWED, allowanceStep('CancelAllowance', A)];
const ALLOWED_STORED = [...ISSUED, allowed(2)];

/** A notice about the invoice, and about the allowance that was made before. */
function told(InvoiceTag: number, by: Merchant, changes: Members = {}): B2bCall {
  return {
    action: 'Notify',
    by,
    data: (earlier) => ({
      InvoiceNumber: invoiceNumber(earlier),
      InvoiceDate: DAY,
      ...([4, 5, 9, 10].includes(InvoiceTag) && { AllowanceNo: allowanceNumber(earlier) }),
      NotifyMail: 'ap@example.com',
      InvoiceTag,
      Notified: 'C',
      ...changes,
    }),
  };
}

function notice(name: string, given: readonly B2bCall[], call: B2bCall, answers = 1): B2bCase {
  return caseOf(`notify-${name}`, given, call, answers);
}

const LIST = 'a@example.com;b@example.com;';
const TOO_LONG = `${'a@example.com;'.repeat(14)}abc@example.com`;

export const NOTIFY_CASES: readonly B2bCase[] = [
  notice('1-stored', ISSUED, told(1, A)),
  notice('1-exchanged', [EXCHANGED, exchanged()], told(1, A, { Notified: 'A' })),
  notice('1-list', ISSUED, told(1, A, { NotifyMail: LIST })),
  notice('1-merchant', ISSUED, told(1, A, { Notified: 'M' })),
  notice('1-by-buyer', CONFIRMED, told(1, B), 8990704),
  notice('2-stored', [...ISSUED, step('Invalid', A)], told(2, A)),
  notice('2-exchanged', VOID_ASKED, told(2, A)),
  notice('2-not-voided', ISSUED, told(2, A), 8990703),
  notice('2-by-buyer', VOID_ASKED, told(2, B), 8990704),
  notice('3-stored', [...ISSUED, step('Reject', A)], told(3, A)),
  notice('3-exchanged', RETURNED, told(3, B)),
  notice('3-not-returned', CONFIRMED, told(3, B), 8990703),
  notice('3-by-seller', RETURNED, told(3, A), 8990704),
  notice('4-stored', ALLOWED_STORED, told(4, A)),
  notice('4-exchanged', ALLOWED, told(4, A)),
  notice('4-number-missing', ALLOWED, told(4, A, { AllowanceNo: '' }), 8990141),
  notice('4-unknown', ISSUED, told(4, A, { AllowanceNo: '2026112110200001' }), 8990703),
  notice('4-by-buyer', ALLOWED, told(4, B), 8990704),
  notice('5-stored', [...ALLOWED_STORED, allowanceStep('CancelAllowance', A)], told(5, A), 8990704),
  notice('5-exchanged', CANCEL_ASKED, told(5, A)),
  notice('5-not-voided', ALLOWED, told(5, A), 8990703),
  notice('5-by-buyer', CANCEL_ASKED, told(5, B), 8990704),
  notice('6-stored', ISSUED, told(6, A), 8990705),
  notice('6-exchanged', CONFIRMED, told(6, B)),
  notice('6-unconfirmed', [EXCHANGED, exchanged()], told(6, B), 8990703),
  notice('6-by-seller', CONFIRMED, told(6, A), 8990704),
  notice('7-stored', [...ISSUED, step('Invalid', A)], told(7, A), 8990705),
  notice('7-exchanged', [...VOID_ASKED, step('InvalidConfirm', B)], told(7, B)),
  notice('7-unconfirmed', VOID_ASKED, told(7, B), 8990703),
  notice('7-by-seller', [...VOID_ASKED, step('InvalidConfirm', B)], told(7, A), 8990704),
  notice('8-stored', [...ISSUED, step('Reject', A)], told(8, A), 8990705),
  notice('8-exchanged', [...RETURNED, step('RejectConfirm', A)], told(8, A)),
  notice('8-unconfirmed', RETURNED, told(8, A), 8990703),
  notice('8-by-buyer', [...RETURNED, step('RejectConfirm', A)], told(8, B), 8990704),
  notice('9-stored', ALLOWED_STORED, told(9, A), 8990705),
  notice('9-exchanged', ALLOWANCE_CONFIRMED, told(9, B)),
  notice('9-unconfirmed', ALLOWED, told(9, B), 8990703),
  notice('9-by-seller', ALLOWANCE_CONFIRMED, told(9, A), 8990704),
  notice('10-stored', ALLOWED_STORED, told(10, A), 8990705),
  notice(
    '10-exchanged',
    [...CANCEL_ASKED, allowanceStep('CancelAllowanceConfirm', B)],
    told(10, B),
  ),
  notice('10-unconfirmed', CANCEL_ASKED, told(10, B), 8990703),
  notice(
    '10-by-seller',
    [...CANCEL_ASKED, allowanceStep('CancelAllowanceConfirm', B)],
    told(10, A),
    8990704,
  ),
  notice('unknown', [], { action: 'Notify', data: { ...TOLD_UNKNOWN } }, 8990703),
  notice('wrong-day', ISSUED, told(1, A, { InvoiceDate: '2026-11-20' }), 8990703),
  notice('fields-missing', [], { action: 'Notify', data: {} }, 8990101),
  notice('mail-missing', ISSUED, told(1, A, { NotifyMail: '' }), 8990121),
  notice('mail-form', ISSUED, told(1, A, { NotifyMail: 'a@example.com;nobody' }), 8990122),
  notice('mail-comma', ISSUED, told(1, A, { NotifyMail: 'a@example.com,b@example.com' }), 8990122),
  notice('mail-long', ISSUED, told(1, A, { NotifyMail: TOO_LONG }), 8990123),
  notice('tag-unknown', ISSUED, told(11, A), 8990102),
  notice('tag-missing', ISSUED, told(1, A, { InvoiceTag: '' }), 8990101),
  notice('notified-unknown', ISSUED, told(1, A, { Notified: 'X' }), 8990112),
];
