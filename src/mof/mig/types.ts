/**
 * Types that several messages share: the party block, codes, amounts (MIG 4.1, GenericType 4.0).
 * They say what the schema says; what the gateway and the platform want beyond it is in `rules/`.
 */
import { CURRENCIES } from './currencies.ts';
import { type ElementType, optional, required } from './message-table.ts';

export function text(lengthMin: number, lengthMax: number, pattern: RegExp | null = null) {
  return { kind: 'text', lengthMin, lengthMax, pattern, isCollapsed: false } satisfies ElementType;
}

/** Text whose outer and repeated blanks do not count (reasons and remarks of the void messages). */
export function collapsedText(lengthMin: number, lengthMax: number) {
  return {
    kind: 'text',
    lengthMin,
    lengthMax,
    pattern: null,
    isCollapsed: true,
  } satisfies ElementType;
}

export function choice(...values: readonly string[]) {
  return { kind: 'choice', values } satisfies ElementType;
}

function decimal(digits: number, fraction: number, isNegativeAllowed: boolean) {
  return { kind: 'decimal', digits, fraction, isNegativeAllowed } satisfies ElementType;
}

export const DATE = { kind: 'date' } satisfies ElementType;
export const TIME = { kind: 'time' } satisfies ElementType;

/** A whole number of at most so many digits. */
export function count(digits: number) {
  return { kind: 'count', digits } satisfies ElementType;
}

/** Two capitals and eight digits, no dash. */
export const INVOICE_NUMBER = text(10, 10, /^[A-Z]{2}\d{8}$/);
export const ALLOWANCE_NUMBER = text(1, 16);
/** Tax ID outside a party block. That it is of digits is a rule of the gateway, not of the schema. */
export const BAN = text(0, 10);
/** 2: issued by the seller, the only kind that may be sent since MIG 4.1. */
export const ALLOWANCE_TYPE = choice('2');
/** Both kinds: stored data of before 2025 may hold allowances issued by the buyer; never sent. */
export const ALLOWANCE_TYPE_READ = choice('1', '2');
export const INVOICE_TYPE = choice('07', '08');
export const TAX_TYPE = choice('1', '2', '3', '4', '9');
export const TAX_RATE = choice('0', '0.01', '0.02', '0.05', '0.15', '0.25');
export const DONATE_MARK = choice('0', '1');
export const PRINT_MARK = choice('Y', 'N');
export const BUYER_REMARK = choice('1', '2', '3', '4');
export const CLEARANCE_MARK = choice('1', '2');
export const BONDED_AREA = choice('1', '2', '3', '4');
export const ZERO_TAX_RATE_REASON = choice('71', '72', '73', '74', '75', '76', '77', '78', '79');
export const GROUP_MARK = choice('*');
/** Four digits, or empty. */
export const RANDOM_NUMBER = text(0, 4, /^(\d{4})?$/);
export const CURRENCY = choice(...CURRENCIES);

/** Whole dollars of the exchange messages. */
export const WHOLE_FROM_ZERO = decimal(20, 0, false);
export const WHOLE = decimal(20, 0, true);
/** ROC year and even month. The schema's pattern also takes a stray `|`; this one does not. */
export const YEAR_MONTH = text(5, 5, /^\d{3}(02|04|06|08|10|12)$/);
export const TRACK = text(2, 2, /^[A-Z]{2}$/);
/** The eight digits of a number, without the track. */
export const POSITION = text(8, 8, /^\d{8}$/);
/** Count of booklets of fifty numbers. */
export const BOOKLET_COUNT = count(10);

/** Prices, quantities and line amounts; negative ones are discounts. */
export const AMOUNT = decimal(20, 7, true);
/** Totals that MIG 4.1 wants to be zero or more. */
export const AMOUNT_FROM_ZERO = decimal(20, 7, false);
export const LINE_TAX = decimal(20, 0, true);
export const TAX_FROM_ZERO = decimal(20, 0, false);
export const EXCHANGE_RATE = decimal(13, 5, false);

/** Largest file that the gateway takes. */
export const MESSAGE_BYTES_MAX = 20 * 1024 * 1024;
/** Items that one message may carry. */
export const ITEMS_MAX = 9999;

/** Seller and buyer block, RoleDescriptionType; its order is fixed by the schema too. */
export const PARTY = [
  required('Identifier', '統一編號', text(8, 10)),
  required('Name', '名稱', text(1, 60)),
  optional('Address', '地址', text(0, 100)),
  optional('PersonInCharge', '負責人姓名', text(0, 30)),
  optional('TelephoneNumber', '電話號碼', text(0, 26)),
  optional('FacsimileNumber', '傳真號碼', text(0, 26)),
  optional('EmailAddress', '電子郵件地址', text(0, 400)),
  optional('CustomerNumber', '客戶編號', text(0, 20)),
  optional('RoleRemark', '營業人角色註記', text(0, 40)),
] as const;
