/**
 * The one table from faults to ECPay's answers: RtnCode and exact text by action. ECPay's own numbers
 * come first (seen on its stage or in its documents, texts to the letter: clients sort errors by the
 * Chinese wording); a rule whose number is unknown has one in Kaili's range 8900000–8999999.
 * Field rules have their numbers in `fault-fields.ts`, the rules of an Issue their answers beside them.
 */
import { FAULTS, type Fault, type FaultCode } from '../../domain/fault.ts';
import { B2B_ANSWERS, B2B_AREAS, type B2bAction } from './b2b/faults.ts';
import { CALLER_RULES, CONTENT_RULES, LEDGER_RULES } from './b2c/issue-content-rules.ts';
import { MEMBER_RULES } from './b2c/issue-rules.ts';
import {
  type Answer,
  type FaultRow,
  type FieldArea,
  type FieldFaultKind,
  fieldAnswer,
  fieldNumber,
} from './fault-fields.ts';

/** Actions that answer faults, with the areas in which their members are numbered, first one first. */
const B2C_AREAS = {
  Issue: ['10'],
  Invalid: ['30'],
  VoidWithReIssue: ['30', '10'],
  Allowance: ['40'],
  AllowanceInvalid: ['40'],
  GetIssue: ['50'],
  GetIssueList: ['50'],
  GetAllowance: ['50'],
  GetAllowanceList: ['50'],
  GetInvalid: ['50'],
  GetAllowanceInvalid: ['50'],
  CheckBarcode: ['50'],
  CheckLoveCode: ['50'],
  GetCompanyNameByTaxID: ['50'],
  DelayIssue: ['10', '20'],
  EditDelayIssue: ['10', '20'],
  TriggerIssue: ['20'],
  CancelDelayIssue: ['20'],
  AllowanceByCollegiate: ['40'],
  AllowanceInvalidByCollegiate: ['40'],
  InvoiceNotify: ['50'],
  GetGovInvoiceWordSetting: ['50'],
  AddInvoiceWordSetting: ['50', '10'],
  UpdateInvoiceWordStatus: ['50'],
  GetInvoiceWordSetting: ['50', '10'],
  GetOfflineMerchantInfo: ['50'],
  OfflineMerchantPosSetting: ['50'],
  QueryOfflineMerchantPosSetting: ['50'],
  GetOfflineInvoiceWordSetting: ['50'],
  GetOfflineInvoiceWordSettingNumber: ['50'],
  OfflineIssue: ['10', '50'],
  OfflineInvalid: ['30', '50'],
  InvoicePrint: ['50'],
} as const satisfies Readonly<Record<string, readonly FieldArea[]>>;

const AREAS = { ...B2C_AREAS, ...B2B_AREAS };

type B2cAction = keyof typeof B2C_AREAS;
/** An action of the B2C API by its name, one of the B2B API as `B2B/<name>`. */
export type Action = B2cAction | B2bAction;
/** Every action, in no order that matters. */
export const ACTIONS = Object.keys(AREAS) as readonly Action[]; // the keys of that very object
export const B2C_ACTIONS = Object.keys(B2C_AREAS) as readonly B2cAction[]; // likewise

/** RtnMsg is String(200) (ECPay B2C API, every reply). */
const RTN_MSG_CHARACTERS_MAX = 200;

type Rows = Readonly<Partial<Record<FaultCode, FaultRow>>>;

function answer(rtnCode: number, text: string): Answer {
  return { rtnCode, text };
}

/** The answers that rules bear themselves; one without an answer is a field rule. */
function rowsOf(rules: readonly { readonly code: FaultCode; readonly answer?: FaultRow }[]): Rows {
  return Object.fromEntries(
    rules.flatMap(({ code, answer: row }) => (row === undefined ? [] : [[code, row]])),
  );
}

/** Faults that mean the same in every action. */
const ANY_ACTION: Rows = {
  ...rowsOf(CALLER_RULES),
  SELLER_UNKNOWN: answer(0, '特店編號不存在'),
  BUSY: answer(0, FAULTS.BUSY),
  // A clock that was set back is the center's fault, not the client's: it may send again later.
  CLOCK_BEHIND_SEGMENT: answer(0, FAULTS.BUSY),
};

/** What is asked of an invoice's content, whichever action bears it. */
const CONTENT: Rows = {
  ...rowsOf(MEMBER_RULES),
  ...rowsOf(CONTENT_RULES),
  // Never met here: SalesAmount's own form refuses 0 before, with this very answer.
  AMOUNT_NOT_POSITIVE: { member: 'SalesAmount', kind: 2 },
};

const ISSUE: Rows = { ...CONTENT, ...rowsOf(LEDGER_RULES) };

const VOID: Rows = {
  INVOICE_NOT_FOUND: answer(1600003, '無發票號碼資料'),
  // An exchanged invoice is none of the B2C API's.
  INVOICE_EXCHANGED: answer(1600003, '無發票號碼資料'),
  INVOICE_VOIDED: answer(5070453, 'B2C作廢發票 該發票已被作廢過'),
  INVOICE_HAS_ALLOWANCES: answer(
    5070450,
    'B2C作廢發票 該發票已被折讓過，無法直接作廢發票並請確認該發票所開立的折讓單是否全部已作廢',
  ),
  REISSUE_UNCONFIRMED: answer(5070451, '註銷重開的發票請於上傳財政部狀態更新後，再嘗試作廢'),
  VOID_DEADLINE_PASSED: answer(8930701, '已逾作廢期限，無法作廢發票'),
};

const REISSUE: Rows = {
  ...CONTENT,
  INVOICE_NOT_FOUND: answer(2, '查無發票資料，請重新確認'),
  VOID_DEADLINE_PASSED: answer(8930702, '已逾註銷重開期限'),
  INVOICE_VOIDED: answer(8930703, '該發票已作廢，無法註銷重開'),
  INVOICE_HAS_ALLOWANCES: answer(8930704, '該發票已折讓，無法註銷重開'),
  REISSUE_UNCONFIRMED: answer(8930705, '註銷重開的發票請於上傳財政部狀態更新後，再嘗試註銷重開'),
};

const ALLOWANCE: Rows = {
  INVOICE_NOT_FOUND: answer(2000018, '無該筆發票資料!'),
  INVOICE_EXCHANGED: answer(2000018, '無該筆發票資料!'),
  INVOICE_VOIDED: answer(2000042, '作廢發票號碼不能折讓'),
  ALLOWANCE_EXCEEDS_REMAINING: answer(2000034, '無足夠金額可以折讓，請確認'),
  ALLOWANCE_SUM_MISMATCH: answer(8940701, '折讓金額有誤，請確認'),
  ALLOWANCE_TAX_CLASS_ABSENT: answer(8940702, '商品課稅別與原發票不符'),
  CLASS_SUM_NEGATIVE: answer(8940701, '折讓金額有誤，請確認'),
  AMOUNT_NOT_POSITIVE: { member: 'AllowanceAmount', kind: 2 },
  LINE_SEQUENCE_DUPLICATE: { member: 'ItemSeq', kind: 2 },
  LINES_TOO_MANY: { member: 'Items', kind: 3 },
};

const ALLOWANCE_INVALID: Rows = {
  ALLOWANCE_NOT_FOUND: answer(2000039, '查無折讓單資料，請確認!'),
  INVOICE_EXCHANGED: answer(2000039, '查無折讓單資料，請確認!'),
  ALLOWANCE_VOIDED: answer(2000063, '該折讓單已作廢過，請確認'),
  ALLOWANCE_AWAITS_CONSENT: answer(8940705, '線上折讓單尚未同意，請取消線上折讓單'),
  ALLOWANCE_VOID_DEADLINE_PASSED: answer(8940704, '已逾作廢期限，無法作廢折讓單'),
};

const UNKNOWN_TSR = answer(4000001, '不存在此交易單號');
const PENDING_ISSUED = answer(8920702, '該筆延遲發票已開立');
const TRIGGER: Rows = {
  PENDING_NOT_FOUND: UNKNOWN_TSR,
  PENDING_ISSUED,
  PENDING_TRIGGERED: answer(8920703, '該筆延遲發票已觸發'),
  // What keeps an invoice from being issued at once.
  ...rowsOf(LEDGER_RULES),
};
const CANCEL_DELAY: Rows = {
  PENDING_NOT_FOUND: answer(5070305, 'B2C取消延遲(或觸發)發票 查無可更新交易單號'),
  PENDING_ISSUED,
  PENDING_CANCEL_DEADLINE_PASSED: answer(8920704, '已逾取消期限，無法取消延遲發票'),
};
const WITHDRAW: Rows = {
  ALLOWANCE_NOT_FOUND: answer(2000039, '查無折讓單資料，請確認!'),
  ALLOWANCE_CONSENTED: answer(5070250, '無法取消已經同意的線上折讓單'),
  ALLOWANCE_LAPSED: answer(8940706, '線上折讓單已失效'),
};

const NO_INVOICE: Rows = { INVOICE_NOT_FOUND: answer(2, '查無發票資料，請重新確認') };
const NO_DATA: Rows = { ALLOWANCE_NOT_FOUND: answer(7, '查無資料') };

const REGISTRY_FAILED = answer(9000001, '呼叫財政部API失敗');
const COMPANY_NAME: Rows = {
  UBN_CHECK_DIGIT: answer(1200125, '統一編號檢查碼驗證失敗，請再確認'),
  COMPANY_NOT_FOUND: answer(7, '查無資料'),
  REGISTRY_UNAVAILABLE: REGISTRY_FAILED,
};

const NOTHING = answer(7, '查無資料');
const TRACKS: Rows = {
  TRACK_YEAR_OUT_OF_RANGE: answer(8950702, '字軌年份錯誤'),
  TRACK_NOT_FOUND: NOTHING,
};
const RANGE_TAKEN = answer(8950708, '字軌號碼範圍重覆');
const ADD_TRACK: Rows = {
  TRACK_YEAR_OUT_OF_RANGE: answer(8950702, '字軌年份錯誤'),
  MACHINE_NOT_FOUND: NOTHING,
  BOOK_RANGE_INVALID: { member: 'InvoiceStart', kind: 2 },
  BOOK_OVERLAP: RANGE_TAKEN,
  // The numbers were claimed by another call since the look at them.
  SEGMENT_NOT_FOUND: RANGE_TAKEN,
  SEGMENT_PART_USED: RANGE_TAKEN,
};
const TRACK_STATUS: Rows = {
  SEGMENT_NOT_FOUND: NOTHING,
  SEGMENT_STATUS_FINAL: answer(8950709, '字軌狀態無法變更'),
};
const MACHINES: Rows = {
  MACHINE_NOT_FOUND: NOTHING,
  MACHINE_KNOWN: answer(8950710, '機台編號重覆'),
  MACHINE_HAS_TRACKS: answer(8950711, '機台已配置字軌，不可修改或刪除'),
};
const OUTSIDE_TRACK = answer(8950705, '發票號碼不在機台字軌內');
const OUTSIDE_TIME = answer(8950707, '發票開立時間超過可上傳範圍');
const OFFLINE_ISSUE: Rows = {
  ...CONTENT,
  // A machine brings its own number.
  ...rowsOf(LEDGER_RULES.filter(({ code }) => code === 'REFERENCE_DUPLICATE')),
  INVOICE_NUMBER_OUTSIDE_TRACKS: OUTSIDE_TRACK,
  INVOICE_NUMBER_BLANK: OUTSIDE_TRACK,
  INVOICE_NUMBER_USED: answer(8950706, '發票號碼重覆'),
  ISSUE_TIME_IN_FUTURE: OUTSIDE_TIME,
  ISSUE_OVERDUE: OUTSIDE_TIME,
};

/** What may not be printed is answered as unknown (observed 2026-08, stage). */
const NOTHING_TO_PRINT = answer(100, '查無資料');
const NO_QR_KEY = answer(8950712, '賣方未設定條碼種子密碼');
const PRINT: Rows = {
  INVOICE_NOT_FOUND: NOTHING_TO_PRINT,
  PRINT_DONATED: NOTHING_TO_PRINT,
  PRINT_CARRIER: NOTHING_TO_PRINT,
  PRINT_BUSINESS_ONLY: answer(8950703, '無統一編號之發票不可使用此列印樣式'),
  PRINT_QR_KEY_MISSING: NO_QR_KEY,
  PRINT_AMOUNT_TOO_LARGE: answer(8950713, '發票金額超過可列印上限'),
};

const BY_ACTION: Readonly<Record<Action, Rows>> = {
  ...B2B_ANSWERS,
  Issue: ISSUE,
  Invalid: VOID,
  VoidWithReIssue: REISSUE,
  Allowance: ALLOWANCE,
  AllowanceInvalid: ALLOWANCE_INVALID,
  GetIssue: NO_INVOICE,
  GetIssueList: { DATE_RANGE_REVERSED: answer(8950701, '查詢日期區間錯誤') },
  GetAllowance: NO_DATA,
  GetAllowanceList: NO_DATA,
  GetInvalid: NO_INVOICE,
  GetAllowanceInvalid: NO_DATA,
  CheckBarcode: { REGISTRY_UNAVAILABLE: REGISTRY_FAILED },
  CheckLoveCode: { REGISTRY_UNAVAILABLE: REGISTRY_FAILED },
  GetCompanyNameByTaxID: COMPANY_NAME,
  DelayIssue: { ...ISSUE, PENDING_KEY_USED: answer(8920701, '交易單號重覆，請重新設定') },
  EditDelayIssue: { ...ISSUE, PENDING_NOT_FOUND: UNKNOWN_TSR, PENDING_ISSUED },
  TriggerIssue: TRIGGER,
  CancelDelayIssue: CANCEL_DELAY,
  AllowanceByCollegiate: {
    ...ALLOWANCE,
    NOTIFY_WAY_MISMATCH: answer(8940703, '線上折讓之通知類別須為E'),
  },
  AllowanceInvalidByCollegiate: WITHDRAW,
  InvoiceNotify: {
    ...NO_INVOICE,
    ...NO_DATA,
    AWARD_NOT_FOUND: answer(2, '查無發票中獎資料，請確認!'),
    NOTIFY_WAY_MISMATCH: answer(8950704, '線上折讓僅能以電子郵件通知客戶'),
  },
  GetGovInvoiceWordSetting: TRACKS,
  AddInvoiceWordSetting: ADD_TRACK,
  UpdateInvoiceWordStatus: TRACK_STATUS,
  GetInvoiceWordSetting: { TRACK_NOT_FOUND: NOTHING },
  'B2B/GetGovInvoiceWordSetting': TRACKS,
  'B2B/AddInvoiceWordSetting': ADD_TRACK,
  'B2B/UpdateInvoiceWordStatus': TRACK_STATUS,
  'B2B/GetInvoiceWordSetting': { TRACK_NOT_FOUND: NOTHING },
  'B2B/GetCompanyNameByTaxID': COMPANY_NAME,
  GetOfflineMerchantInfo: {},
  OfflineMerchantPosSetting: MACHINES,
  QueryOfflineMerchantPosSetting: { MACHINE_NOT_FOUND: NOTHING },
  GetOfflineInvoiceWordSetting: { TRACK_NOT_FOUND: NOTHING },
  GetOfflineInvoiceWordSettingNumber: {
    TRACK_NOT_FOUND: NOTHING,
    PRINT_QR_KEY_MISSING: NO_QR_KEY,
  },
  OfflineIssue: OFFLINE_ISSUE,
  InvoicePrint: PRINT,
  OfflineInvalid: { ...VOID, VOID_TIME_INVALID: { member: 'CancelDate', kind: 2 } },
};

const NO_BLANKS = 'no action here declares numbers blank or closes a period';

/**
 * Domain faults that no action of this dialect can meet, with the reason. Whoever adds an action moves
 * its faults from here into a row.
 */
export const UNREACHABLE: Readonly<Partial<Record<FaultCode, string>>> = {
  BRANCH_UNKNOWN: 'no action here knows branches',
  BRANCH_REPORT_UNDERWAY: 'no action here knows branches',
  PERIOD_OPEN: NO_BLANKS,
  BLANK_RANGE_INVALID: NO_BLANKS,
  BLANK_RANGE_KNOWN: NO_BLANKS,
  BLANK_OVERLAP: NO_BLANKS,
  BLANK_NUMBER_ISSUED: NO_BLANKS,
  BLANK_OUTSIDE_TRACKS: NO_BLANKS,
  ALLOWANCE_NUMBER_USED: 'allowance numbers are Kaili’s own here',
  ISSUE_TIME_FIXED: 'no action here amends an invoice',
  INVOICE_HANDED_OVER: 'no action here amends an invoice',
  TRADE_NUMBER_USED: 'only a message from outside can bring a document of a known number',
};

const FIELD_KINDS: Readonly<Partial<Record<FaultCode, FieldFaultKind>>> = {
  FIELD_REQUIRED: 1,
  FIELD_FORMAT: 2,
  FIELD_LENGTH: 3,
};

/** The member that a wire path ends in: `ItemName` of `Items[2].ItemName`. */
export function memberOf(path: string): string {
  const last = path.slice(path.lastIndexOf('.') + 1);
  return last.endsWith(']') ? last.slice(0, last.indexOf('[')) : last;
}

/** The answer of an action to one fault; undefined when the action has no row for it. */
export function answerTo(action: Action, fault: Pick<Fault, 'code' | 'path'>): Answer | undefined {
  const kind = FIELD_KINDS[fault.code];
  if (kind !== undefined) return ofField(action, memberFor(action, fault.path), kind);
  const row = BY_ACTION[action][fault.code] ?? ANY_ACTION[fault.code];
  if (row === undefined || 'rtnCode' in row) return row;
  return ofField(action, row.member, row.kind);
}

function ofField(action: Action, member: string, kind: FieldFaultKind): Answer {
  return fieldAnswer(action, areaOf(action, member), member, kind);
}

/** The member by which a path is numbered: the whole path where it has a number of its own. */
function memberFor(action: Action, path: string): string {
  const areas: readonly FieldArea[] = AREAS[action];
  return areas.some((area) => fieldNumber(area, path) !== undefined) ? path : memberOf(path);
}

/** The first of the action's areas that numbers the member. */
function areaOf(action: Action, member: string): FieldArea {
  const areas: readonly FieldArea[] = AREAS[action];
  return areas.find((area) => fieldNumber(area, member) !== undefined) ?? AREAS[action][0];
}

const CODE_ORDER: ReadonlyMap<string, number> = new Map(
  Object.keys(FAULTS).map((code, index) => [code, index]),
);
/** Field numbers have two digits. */
const AREA_FIELDS_MAX = 100;
/** Field rules come before every other rule. */
const RULES_START = 1000;

/** Sort key of a fault: field number, row of the list it is in, field number within the row. */
function rank(action: Action, fault: Fault): readonly [number, number, number] {
  if (FIELD_KINDS[fault.code] === undefined) {
    return [RULES_START + (CODE_ORDER.get(fault.code) ?? 0), 0, 0];
  }
  const own = fieldRank(action, memberFor(action, fault.path));
  const row = /(?:^|\.)(\w+)\[(\d+)\]/.exec(fault.path);
  if (row === null) return [own, 0, 0];
  return [fieldRank(action, row[1] ?? ''), Number(row[2]) + 1, own];
}

/** Place of a member in the action's field table: area by area, then by number. */
function fieldRank(action: Action, member: string): number {
  const areas: readonly FieldArea[] = AREAS[action];
  const area = areaOf(action, member);
  return areas.indexOf(area) * AREA_FIELDS_MAX + (fieldNumber(area, member) ?? 0);
}

/** Faults in the order of the action's field table, then of the domain's list of rules. */
export function inAnswerOrder(action: Action, faults: readonly Fault[]): readonly Fault[] {
  return faults
    .map((fault) => ({ fault, key: rank(action, fault) }))
    .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || a.key[2] - b.key[2])
    .map(({ fault }) => fault);
}

/**
 * The answer to a request with these faults: the first one's code, all different texts joined with
 * CR LF as far as RtnMsg's 200 characters reach (ECPay B2C API; Odoo's module splits at CR LF).
 */
export function answerToAll(action: Action, faults: readonly Fault[]): Answer {
  const answers = inAnswerOrder(action, faults).map((fault) => {
    const found = answerTo(action, fault);
    if (found === undefined) throw new Error(`${action} has no answer to ${fault.code}`);
    return found;
  });
  const first = answers[0];
  if (first === undefined) throw new Error('a refusal without a fault');
  let text = first.text;
  for (const next of new Set(answers.map((found) => found.text))) {
    if (next === first.text) continue;
    if (text.length + next.length + 2 > RTN_MSG_CHARACTERS_MAX) break;
    text = `${text}\r\n${next}`;
  }
  return { rtnCode: first.rtnCode, text };
}
