/** B2B GetCompanyNameByTaxID: as that of the B2C API (ECPay B2B API). */
import { GET_COMPANY_NAME } from '../ecpay-b2c/get-company-name-by-tax-id.ts';
import type { WireEndpoint } from '../field.ts';

/** The name of a business. */
export const B2B_GET_COMPANY_NAME = {
  ...GET_COMPANY_NAME,
  path: '/B2BInvoice/GetCompanyNameByTaxID',
} as const satisfies WireEndpoint;
