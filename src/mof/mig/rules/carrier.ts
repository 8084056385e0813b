/**
 * Rules about carrier, print and donation of the F0401: an invoice is printed, on a carrier or donated,
 * and its marks say which.
 */
import { CARRIER_TYPES } from '../carrier-elements.ts';
import type { F0401Value } from '../f0401.ts';
import { isBusiness } from './parties.ts';
import { type Finding, isBlank, NOTHING, type Rule, unless } from './rule.ts';

const GATEWAY = 'MIG 4.1, gateway checks of F0401';
const MOBILE_BARCODE = CARRIER_TYPES['mobile-barcode'];

const printed: Rule<F0401Value> = {
  id: 'GATEWAY-04',
  text:
    '已列印之發票不得捐贈，也不得有載具（手機條碼且買方有統一編號者例外，顯碼與隱碼皆須填）。' +
    '請以註銷重開更正，列印、捐贈、載具擇一。',
  source: GATEWAY,
  find: ({ Main }) => {
    if (Main.PrintMark !== 'Y') return NOTHING;
    const findings: Finding[] = [...unless(Main.DonateMark === '0', 'Main/DonateMark')];
    const ids = [Main.CarrierId1, Main.CarrierId2];
    const isClaim = Main.CarrierType === MOBILE_BARCODE && isBusiness(Main.Buyer.Identifier);
    if (isClaim ? ids.some(isBlank) : !ids.every(isBlank)) {
      findings.push({ element: 'Main/CarrierId1', got: '' });
    }
    return findings;
  },
};

const onCarrier: Rule<F0401Value> = {
  id: 'GATEWAY-05',
  text:
    '未列印且未捐贈之發票須有載具類別、顯碼與隱碼。' +
    '若為會員載具，請在營業人設定填入財政部核發之會員載具類別號碼後放行；否則請以註銷重開補上載具或改為列印。',
  source: GATEWAY,
  find: ({ Main }) => {
    if (Main.PrintMark !== 'N' || Main.DonateMark === '1') return NOTHING;
    const hasIds = !isBlank(Main.CarrierId1) && !isBlank(Main.CarrierId2);
    if (!hasIds) return [{ element: 'Main/CarrierId1', got: '' }];
    if (!isBlank(Main.CarrierType)) return NOTHING;
    // The mapping leaves the type out of an invoice with ids for want of the seller's code only.
    return [{ element: 'Main/CarrierType', got: '', hold: 'member-carrier-code-missing' }];
  },
};

const mobileBarcode: Rule<F0401Value> = {
  id: 'GATEWAY-06',
  text: '手機條碼載具之顯碼與隱碼皆須填且相同。請以註銷重開更正內容。',
  source: GATEWAY,
  find: ({ Main }) => {
    if (Main.CarrierType !== MOBILE_BARCODE) return NOTHING;
    const isWhole = !isBlank(Main.CarrierId1) && Main.CarrierId1 === Main.CarrierId2;
    return unless(isWhole, 'Main/CarrierId2');
  },
};

const carrierBlanks: Rule<F0401Value> = {
  id: 'E1005',
  text: '載具號碼前後不得有半形或全形空白。請以註銷重開更正載具號碼。',
  source: 'Platform code E1005; MIG 4.1, gateway checks of F0401',
  find: ({ Main }) =>
    (['CarrierId1', 'CarrierId2'] as const).flatMap((element) => {
      const id = Main[element];
      return unless(id === undefined || id === id.trim(), `Main/${element}`);
    }),
};

const donation: Rule<F0401Value> = {
  id: 'GATEWAY-07',
  text: '捐贈之發票須有捐贈碼，未捐贈者不得有捐贈碼。請以註銷重開更正內容。',
  source: GATEWAY,
  find: ({ Main }) =>
    unless((Main.DonateMark === '1') === !isBlank(Main.NPOBAN), 'Main/NPOBAN', Main.NPOBAN),
};

const donationCode: Rule<F0401Value> = {
  id: 'E1001',
  text: '捐贈碼須為 3 至 7 位數字。請以註銷重開更正捐贈碼。',
  source: 'Platform code E1001',
  find: ({ Main }) =>
    unless(isBlank(Main.NPOBAN) || /^\d{3,7}$/.test(Main.NPOBAN ?? ''), 'Main/NPOBAN', Main.NPOBAN),
};

export const CARRIER_RULES: readonly Rule<F0401Value>[] = [
  printed,
  onCarrier,
  mobileBarcode,
  donation,
  donationCode,
  carrierBlanks,
];
