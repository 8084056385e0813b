/** The endpoints of ECPay's B2B API, and the names that circulate for some of them. */
import type { Endpoint } from '../endpoint.ts';
import { allowance } from './allowance.ts';
import { allowanceConfirm } from './allowance-confirm.ts';
import { cancelAllowance } from './cancel-allowance.ts';
import { cancelAllowanceConfirm } from './cancel-allowance-confirm.ts';
import { getAllowance } from './get-allowance.ts';
import { getAllowanceConfirm } from './get-allowance-confirm.ts';
import { getAllowanceInvalid } from './get-allowance-invalid.ts';
import { getAllowanceInvalidConfirm } from './get-allowance-invalid-confirm.ts';
import { getCompanyNameByTaxId } from './get-company-name-by-tax-id.ts';
import { getInvalid } from './get-invalid.ts';
import { getInvalidConfirm } from './get-invalid-confirm.ts';
import { getIssue } from './get-issue.ts';
import { getIssueConfirm } from './get-issue-confirm.ts';
import { getReject } from './get-reject.ts';
import { getRejectConfirm } from './get-reject-confirm.ts';
import { invalid } from './invalid.ts';
import { invalidConfirm } from './invalid-confirm.ts';
import { issue } from './issue.ts';
import { issueConfirm } from './issue-confirm.ts';
import { maintainMerchantCustomerData } from './maintain-merchant-customer-data.ts';
import { notify } from './notify.ts';
import { downloadPdf, invoicePrint } from './print.ts';
import { reject } from './reject.ts';
import { rejectConfirm } from './reject-confirm.ts';
import { voidWithReIssue } from './void-with-re-issue.ts';
import {
  addWordSetting,
  getGovWordSetting,
  getWordSetting,
  updateWordStatus,
} from './word-settings.ts';

export const B2B_ENDPOINTS: readonly Endpoint[] = [
  maintainMerchantCustomerData,
  issue,
  issueConfirm,
  invalid,
  invalidConfirm,
  reject,
  rejectConfirm,
  allowance,
  allowanceConfirm,
  cancelAllowance,
  cancelAllowanceConfirm,
  voidWithReIssue,
  getIssue,
  getIssueConfirm,
  getInvalid,
  getInvalidConfirm,
  getReject,
  getRejectConfirm,
  getAllowance,
  getAllowanceConfirm,
  getAllowanceInvalid,
  getAllowanceInvalidConfirm,
  getGovWordSetting,
  addWordSetting,
  updateWordStatus,
  getWordSetting,
  getCompanyNameByTaxId,
  notify,
  invoicePrint,
  downloadPdf,
];

/** Kaili's rule: guides list these as paths of their own; no page of ECPay's has them. */
export const B2B_ALIASES: readonly { readonly path: string; readonly endpoint: Endpoint }[] = [
  { path: '/B2BInvoice/AllowanceInvalid', endpoint: cancelAllowance },
  { path: '/B2BInvoice/AllowanceInvalidConfirm', endpoint: cancelAllowanceConfirm },
  { path: '/B2BInvoice/InvoiceWordSetting', endpoint: addWordSetting },
  { path: '/B2BInvoice/CheckCompanyIdentifier', endpoint: getCompanyNameByTaxId },
  { path: '/B2BInvoice/InvoicePrintPDF', endpoint: downloadPdf },
];
