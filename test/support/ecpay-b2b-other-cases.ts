/** Documented answers of the ECPay B2B API that the B2C API gives as well: tracks, company names, printing. */
import {
  type B2bCall,
  type B2bCase,
  caseOf,
  DAY,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  issued,
  MERCHANT_B,
  STORED,
} from './ecpay-b2b-case.ts';
import type { Members } from './ecpay-bytes.ts';

const ISSUED = [STORED, issued()];
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
