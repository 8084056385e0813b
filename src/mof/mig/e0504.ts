/**
 * E0504 Award 中獎清冊: the winning invoices of a period, downloaded by Turnkey after a draw (MIG E0504, which
 * stays at 4.0). What a prize letter means is the lottery's business.
 */
import { group, list, messageTable, optional, required, type ValueOf } from './message-table.ts';
import {
  AMOUNT,
  BAN,
  count,
  DATE,
  INVOICE_NUMBER,
  ITEMS_MAX,
  PARTY,
  TIME,
  text,
  YEAR_MONTH,
} from './types.ts';

/** ROC `yyyMMdd`. */
const ROC_DATE = text(7, 7, /^\d{3}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/);

export const E0504 = messageTable(
  'E0504',
  'Award',
  [
    group('Main', '中獎清冊主檔', [
      required('HeadBan', '總公司統一編號', BAN),
      required('YearMonth', '期別', YEAR_MONTH),
      required('AwardListType', '中獎清冊類別', text(0, 1)),
      required('TotalRecordCnt', '明細記錄總筆數', count(7)),
      required('TotalPrizeAmount', '明細記錄獎金總計', count(15)),
      required('RecAwardBegin', '領獎期間起始日期', ROC_DATE),
      required('RecAwardEnd', '領獎期間截止日期', ROC_DATE),
    ]),
    group('Details', '中獎明細', [
      list('PrizeInvoice', '中獎發票', ITEMS_MAX, [
        required('InvTrack', '發票字軌', text(0, 2)),
        required('InvoiceNumber', '發票號碼', INVOICE_NUMBER),
        required('InvoiceDate', '發票日期', DATE),
        optional('InvoiceTime', '發票時間', TIME),
        group('Seller', '賣方', PARTY),
        required('BuyerId', '買方統一編號', BAN),
        required('TotalAmount', '發票總計金額', AMOUNT),
        optional('CarrierType', '載具類別號碼', text(0, 6)),
        optional('CarrierTypeName', '載具類別名稱', text(0, 60)),
        optional('CarrierId1', '載具顯碼', text(0, 400)),
        optional('CarrierId2', '載具隱碼', text(0, 400)),
        required('RandomNumber', '發票防偽隨機碼', text(4, 4, /^\d{4}$/)),
        required('PrizeType', '中獎獎別', text(0, 1)),
        required('PrizeAmount', '中獎金額', count(10)),
        required('DepositMark', '匯款註記', text(0, 1)),
        required('RedeemDataType', '領獎方式資料類別', text(0, 1)),
        required('PrizeDataSource', '中獎發票資料來源', text(0, 2)),
        required('PrintType', '列印格式', text(0, 2)),
      ]),
    ]),
  ],
  { namespace: 'urn:GEINV:eInvoiceMessage:E0504:4.0' },
);
export type E0504Value = ValueOf<typeof E0504.rows>;
