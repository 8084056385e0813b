/** Look-ups of the ECPay B2C API, case by case, over the sandbox's registers. */
import type { Case } from './ecpay-b2c-case.ts';

function barcode(name: string, BarCode: string, answers = 1): Case {
  return { name, action: 'CheckBarcode', data: { BarCode }, answers };
}

function loveCode(name: string, LoveCode: string, answers = 1): Case {
  return { name, action: 'CheckLoveCode', data: { LoveCode }, answers };
}

function company(name: string, UnifiedBusinessNo: string, answers = 1): Case {
  return { name, action: 'GetCompanyNameByTaxID', data: { UnifiedBusinessNo }, answers };
}

export const LOOK_UP_CASES: readonly Case[] = [
  barcode('check-barcode', '/ABC1234'),
  barcode('check-barcode-unknown', '/NOTHING'),
  barcode('check-barcode-blank-for-plus', '/AB  12 '),
  barcode('check-barcode-lower-case', '/abc1234', 2019001),
  barcode('check-barcode-missing', '', 2019001),
  barcode('check-barcode-register-fails', '/FAILURE', 9000001),
  loveCode('check-love-code', '168001'),
  loveCode('check-love-code-unknown', '999'),
  loveCode('check-love-code-short', '16', 2020001),
  loveCode('check-love-code-letters', 'X168001', 2020001),
  loveCode('check-love-code-register-fails', '9000001', 9000001),
  company('get-company-name', '97025978'),
  company('get-company-name-unknown', '00000000', 7),
  company('get-company-name-not-registered', '04595252', 7),
  company('get-company-name-check-digit', '12345678', 1200125),
  company('get-company-name-seven-digits', '9702597', 2027000),
  company('get-company-name-register-fails', '90000012', 9000001),
  { ...company('get-company-name-alias', '97025978'), action: 'CheckCompanyIdentifier' },
];
