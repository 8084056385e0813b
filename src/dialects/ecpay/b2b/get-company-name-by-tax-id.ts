/** GetCompanyNameByTaxID of the B2B API: as that of the B2C API. */
import { B2B_GET_COMPANY_NAME } from '#wire/ecpay-b2b/get-company-name-by-tax-id.ts';
import { getCompanyName } from '../b2c/get-company-name-by-tax-id.ts';
import type { Endpoint } from '../endpoint.ts';

export const getCompanyNameByTaxId: Endpoint = {
  action: 'B2B/GetCompanyNameByTaxID',
  wire: B2B_GET_COMPANY_NAME,
  answer: getCompanyName.answer,
};
