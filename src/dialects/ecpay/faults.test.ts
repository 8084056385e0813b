/** Claims about the table of answers: complete, exact, in order. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FAULTS, type FaultCode, fault } from '../../domain/fault.ts';
import { ACTIONS, type Action, answerTo, answerToAll, memberOf, UNREACHABLE } from './faults.ts';

/** Every code is in this table. */
const CODES = Object.keys(FAULTS) as readonly FaultCode[];
const FIELD_CODES: ReadonlySet<FaultCode> = new Set([
  'FIELD_REQUIRED',
  'FIELD_FORMAT',
  'FIELD_LENGTH',
]);

/** RtnCode and text that the documents, or a recorded reply, give for a fault. */
const EXACT: readonly (readonly [Action, FaultCode, string, number, string])[] = [
  ['Issue', 'REFERENCE_DUPLICATE', '', 5070357, 'B2C開立發票 自訂編號重覆，請重新設定'],
  ['Issue', 'AMOUNT_SUM_MISMATCH', '', 5000022, '驗證發票金額發現錯誤，與商品合計金額不符'],
  ['Issue', 'FIELD_FORMAT', 'TaxType', 2001019, '課稅別格式錯誤'],
  ['Issue', 'FIELD_FORMAT', 'CarrierType', 2001096, '載具類別格式錯誤'],
  ['Invalid', 'INVOICE_NOT_FOUND', '', 1600003, '無發票號碼資料'],
  ['Invalid', 'INVOICE_VOIDED', '', 5070453, 'B2C作廢發票 該發票已被作廢過'],
  [
    'Invalid',
    'INVOICE_HAS_ALLOWANCES',
    '',
    5070450,
    'B2C作廢發票 該發票已被折讓過，無法直接作廢發票並請確認該發票所開立的折讓單是否全部已作廢',
  ],
  [
    'Invalid',
    'REISSUE_UNCONFIRMED',
    '',
    5070451,
    '註銷重開的發票請於上傳財政部狀態更新後，再嘗試作廢',
  ],
  ['Invalid', 'FIELD_LENGTH', 'Reason', 2009005, '作廢原因長度錯誤'],
  ['Allowance', 'INVOICE_NOT_FOUND', '', 2000018, '無該筆發票資料!'],
  ['Allowance', 'ALLOWANCE_EXCEEDS_REMAINING', '', 2000034, '無足夠金額可以折讓，請確認'],
  ['Allowance', 'INVOICE_VOIDED', '', 2000042, '作廢發票號碼不能折讓'],
  ['AllowanceInvalid', 'ALLOWANCE_NOT_FOUND', '', 2000039, '查無折讓單資料，請確認!'],
  ['AllowanceInvalid', 'ALLOWANCE_VOIDED', '', 2000063, '該折讓單已作廢過，請確認'],
  [
    'AllowanceInvalid',
    'ALLOWANCE_AWAITS_CONSENT',
    '',
    8940705,
    '線上折讓單尚未同意，請取消線上折讓單',
  ],
  ['GetIssue', 'INVOICE_NOT_FOUND', '', 2, '查無發票資料，請重新確認'],
  ['GetAllowanceList', 'ALLOWANCE_NOT_FOUND', '', 7, '查無資料'],
  ['GetInvalid', 'FIELD_REQUIRED', 'RelateNumber', 2013001, '自訂編號為必填'],
  ['GetAllowance', 'FIELD_REQUIRED', 'InvoiceNo', 2014001, '發票號碼為必填'],
  ['GetAllowance', 'FIELD_REQUIRED', 'AllowanceNo', 2014003, '折讓編號為必填'],
  ['Issue', 'ZERO_TAX_RATE_REASON_MISSING', '', 8910171, '零稅率原因為必填'],
  ['Issue', 'FIELD_FORMAT', 'vat', 8910312, '商品單價含稅別格式錯誤'],
  ['Allowance', 'FIELD_FORMAT', 'Items[3].ItemPrice', 8940142, '商品單價格式錯誤'],
  ['GetIssueList', 'FIELD_FORMAT', 'Query_TaxType', 8950062, '查詢條件格式錯誤'],
  ['GetIssueList', 'BUSY', '', 0, '系統忙碌中，請稍後再試'],
  ['Issue', 'SELLER_UNKNOWN', '', 0, '特店編號不存在'],
  ['GetGovInvoiceWordSetting', 'TRACK_YEAR_OUT_OF_RANGE', '', 8950702, '字軌年份錯誤'],
  ['GetGovInvoiceWordSetting', 'TRACK_NOT_FOUND', '', 7, '查無資料'],
  ['UpdateInvoiceWordStatus', 'SEGMENT_NOT_FOUND', '', 7, '查無資料'],
  ['OfflineIssue', 'INVOICE_NUMBER_OUTSIDE_TRACKS', '', 8950705, '發票號碼不在機台字軌內'],
  ['OfflineIssue', 'INVOICE_NUMBER_USED', '', 8950706, '發票號碼重覆'],
  ['OfflineIssue', 'ISSUE_TIME_IN_FUTURE', '', 8950707, '發票開立時間超過可上傳範圍'],
  ['OfflineIssue', 'ISSUE_OVERDUE', '', 8950707, '發票開立時間超過可上傳範圍'],
  ['OfflineIssue', 'FIELD_FORMAT', 'RandomNumber', 8950272, '隨機碼格式錯誤'],
  ['OfflineInvalid', 'FIELD_REQUIRED', 'CancelDate', 8950281, '作廢時間為必填'],
  ['VoidWithReIssue', 'VOID_DEADLINE_PASSED', '', 8930702, '已逾註銷重開期限'],
  ['VoidWithReIssue', 'FIELD_REQUIRED', 'IssueModel.InvoiceDate', 8930071, '發票開立時間為必填'],
  ['VoidWithReIssue', 'FIELD_REQUIRED', 'IssueModel.Items[2].ItemName', 8910231, '商品名稱為必填'],
  ['InvoicePrint', 'INVOICE_NOT_FOUND', '', 100, '查無資料'],
  ['InvoicePrint', 'PRINT_BUSINESS_ONLY', '', 8950703, '無統一編號之發票不可使用此列印樣式'],
  ['CheckBarcode', 'FIELD_FORMAT', 'BarCode', 2019001, '手機條碼格式錯誤'],
  ['CheckBarcode', 'REGISTRY_UNAVAILABLE', '', 9000001, '呼叫財政部API失敗'],
  ['CheckLoveCode', 'FIELD_REQUIRED', 'LoveCode', 2020001, '捐贈碼為3~7碼純數字'],
  ['GetCompanyNameByTaxID', 'FIELD_LENGTH', 'UnifiedBusinessNo', 2027000, '統一編號格式錯誤'],
  ['GetCompanyNameByTaxID', 'UBN_CHECK_DIGIT', '', 1200125, '統一編號檢查碼驗證失敗，請再確認'],
  ['GetCompanyNameByTaxID', 'COMPANY_NOT_FOUND', '', 7, '查無資料'],
  ['DelayIssue', 'FIELD_FORMAT', 'DelayDay', 1200119, '延遲天數格式錯誤'],
  ['DelayIssue', 'FIELD_LENGTH', 'Tsr', 8920033, '交易單號長度錯誤'],
  ['DelayIssue', 'FIELD_FORMAT', 'vat', 8910312, '商品單價含稅別格式錯誤'],
  ['TriggerIssue', 'PENDING_NOT_FOUND', '', 4000001, '不存在此交易單號'],
  [
    'CancelDelayIssue',
    'PENDING_NOT_FOUND',
    '',
    5070305,
    'B2C取消延遲(或觸發)發票 查無可更新交易單號',
  ],
  [
    'AllowanceInvalidByCollegiate',
    'ALLOWANCE_CONSENTED',
    '',
    5070250,
    '無法取消已經同意的線上折讓單',
  ],
  ['InvoiceNotify', 'AWARD_NOT_FOUND', '', 2, '查無發票中獎資料，請確認!'],
];

describe('every fault', () => {
  for (const code of CODES) {
    if (FIELD_CODES.has(code)) continue;
    test(`${code} has an answer, or a reason why it cannot come`, () => {
      const answers = ACTIONS.map((action) => answerTo(action, { code, path: '' }));
      const isAnswered = answers.some((answer) => answer !== undefined);
      assert.equal(isAnswered, UNREACHABLE[code] === undefined);
    });
  }
});

describe('exact answers', () => {
  for (const [action, code, path, rtnCode, text] of EXACT) {
    test(`${action} answers ${code} ${path} with ${rtnCode}`, () => {
      assert.deepEqual(answerTo(action, { code, path }), { rtnCode, text });
    });
  }
});

test('every answer is ECPay’s known number or lies in 8900000–8999999, and its text fits', () => {
  for (const action of ACTIONS) {
    for (const code of CODES) {
      if (FIELD_CODES.has(code)) continue;
      const answer = answerTo(action, { code, path: '' });
      if (answer === undefined) continue;
      const isOwn = answer.rtnCode >= 8_900_000 && answer.rtnCode <= 8_999_999;
      assert(isOwn || !String(answer.rtnCode).startsWith('8'), String(answer.rtnCode));
      assert.notEqual(answer.rtnCode, 1, 'a refusal never looks like a success');
      assert(answer.text.length > 0 && answer.text.length <= 200);
    }
  }
});

/** Numbers that belong to a track already. */
const RANGES_TAKEN = ['BOOK_OVERLAP', 'SEGMENT_NOT_FOUND', 'SEGMENT_PART_USED'] as const;

test('a text holds a word that clients sort by only where it is meant', () => {
  const words: Readonly<Record<string, readonly FaultCode[]>> = {
    重覆: [
      'REFERENCE_DUPLICATE',
      'PENDING_KEY_USED',
      ...RANGES_TAKEN,
      'INVOICE_NUMBER_USED',
      'MACHINE_KNOWN',
    ],
    用完: ['TRACK_EXHAUSTED'],
    不存在: ['SELLER_UNKNOWN', 'PENDING_NOT_FOUND', 'PARTNER_UNKNOWN'],
    // ECPay's own text of INVOICE_HAS_ALLOWANCES asks whether all allowances are voided.
    已作廢: ['ALLOWANCE_VOIDED', 'INVOICE_HAS_ALLOWANCES', 'INVOICE_VOIDED'],
    查無: [
      'INVOICE_NOT_FOUND',
      'ALLOWANCE_NOT_FOUND',
      'COMPANY_NOT_FOUND',
      'PENDING_NOT_FOUND',
      'AWARD_NOT_FOUND',
      'TRACK_NOT_FOUND',
      'PRINT_DONATED',
      'PRINT_CARRIER',
      'SEGMENT_NOT_FOUND',
      'MACHINE_NOT_FOUND',
      'TRADE_UNKNOWN',
      'PARTNER_UNKNOWN',
      'ALLOWANCE_LINE_UNKNOWN',
      // Documents of the B2B API are none of the B2C API's.
      'INVOICE_EXCHANGED',
      // A purchase has no print of its own.
      'TRADE_PARTY_WRONG',
    ],
  };
  for (const [word, meant] of Object.entries(words)) {
    const holders = CODES.filter(
      (code) =>
        !FIELD_CODES.has(code) &&
        ACTIONS.some((action) => answerTo(action, { code, path: '' })?.text.includes(word)),
    );
    assert.deepEqual(
      holders.filter((code) => !meant.includes(code)),
      [],
      word,
    );
  }
});

describe('several faults', () => {
  const price = fault('FIELD_FORMAT', 'Items[1].ItemPrice', '');
  const name = fault('FIELD_REQUIRED', 'Items[1].ItemName', '');
  const firstAmount = fault('FIELD_REQUIRED', 'Items[0].ItemAmount', '');
  const relate = fault('FIELD_REQUIRED', 'RelateNumber', '');
  const invType = fault('FIELD_REQUIRED', 'InvType', '');
  const contact = fault('BUYER_CONTACT_MISSING', 'CustomerEmail', '');
  const donation = fault('DONATION_WITH_PRINT', 'Donation', '');

  test('are told in the order of the field table, lines in their order, then the other rules', () => {
    const shuffled = [donation, price, invType, contact, name, firstAmount, relate];
    const { rtnCode, text } = answerToAll('Issue', shuffled);
    assert.equal(rtnCode, 8910011);
    assert.deepEqual(text.split('\r\n'), [
      '自訂編號為必填',
      '商品合計為必填',
      '商品名稱為必填',
      '商品單價格式錯誤',
      '字軌類別為必填',
      '客戶電子信箱與客戶手機號碼請至少填寫一項',
      '捐贈發票不可列印',
    ]);
  });

  test('of the same text are told once', () => {
    const again = fault('FIELD_REQUIRED', 'Items[7].ItemName', '');
    assert.equal(answerToAll('Issue', [name, again]).text, '商品名稱為必填');
  });

  test('never make RtnMsg longer than its 200 characters', () => {
    const all = CODES.filter(
      (code) => !FIELD_CODES.has(code) && answerTo('Issue', { code, path: '' }) !== undefined,
    ).map((code) => fault(code, '', ''));
    const { text } = answerToAll('Issue', all);
    assert(text.length <= 200 && text.length > 100, String(text.length));
    assert(!text.endsWith('\r\n'));
  });
});

test('the member is what a path ends in', () => {
  assert.equal(memberOf('Items[2].ItemName'), 'ItemName');
  assert.equal(memberOf('Items[2]'), 'Items');
  assert.equal(memberOf('TaxType'), 'TaxType');
});
