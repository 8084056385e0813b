/** Online allowance and notices of the ECPay B2C API, case by case. */
import { accepted, SELLER_A } from './demo.ts';
import {
  allowanceVoided,
  allowed,
  type Case,
  type CaseCall,
  type Earlier,
  invoiceOf,
  issued,
  voided,
} from './ecpay-b2c-case.ts';
import type { Members } from './ecpay-bytes.ts';
import type { EcpayHouse } from './ecpay-house.ts';

const ONLINE: Members = {
  AllowanceNotify: 'E',
  NotifyMail: 'buyer@example.com',
  ReturnURL: 'https://shop.example/ecpay/agreed',
};

function online(amount: number, changes: Members = {}): CaseCall {
  const { data } = allowed(amount);
  return {
    action: 'AllowanceByCollegiate',
    data: (earlier) => ({
      ...(typeof data === 'function' ? data(earlier) : data),
      ...ONLINE,
      ...changes,
    }),
  };
}

const WITHDRAWN: CaseCall = {
  action: 'AllowanceInvalidByCollegiate',
  data: (earlier) => ({
    InvoiceNo: earlier[0]?.InvoiceNo,
    AllowanceNo: earlier[1]?.IA_Allow_No,
    Reason: '買方未同意',
  }),
};

/** The buyer follows the link of the second call and agrees. */
async function agreed({ ledger }: EcpayHouse, earlier: Earlier): Promise<void> {
  const origin = { seller: SELLER_A.ubn, account: 'ecpay:2000132', ip: '' };
  const allowanceNumber = String(earlier[1]?.IA_Allow_No);
  accepted((await ledger.consentAllowance([{ ...origin, allowanceNumber }]))[0]);
}

export const ONLINE_CASES: readonly Case[] = [
  { name: 'allowance-by-collegiate', given: [issued()], ...online(50), answers: 1 },
  {
    name: 'allowance-by-collegiate-way',
    given: [issued()],
    ...online(50, { AllowanceNotify: 'S', NotifyPhone: '0911222333' }),
    answers: 8940703,
  },
  {
    name: 'allowance-by-collegiate-mail-missing',
    given: [issued()],
    ...online(50, { NotifyMail: '' }),
    answers: 8940051,
  },
  {
    name: 'allowance-by-collegiate-mail-form',
    given: [issued()],
    ...online(50, { NotifyMail: 'buyer' }),
    answers: 8940052,
  },
  {
    name: 'allowance-by-collegiate-address',
    given: [issued()],
    ...online(50, { ReturnURL: 'shop.example/agreed' }),
    answers: 8940212,
  },
  {
    name: 'allowance-by-collegiate-reserved',
    given: [issued(), online(60)],
    ...online(50),
    answers: 2000034,
  },
  {
    name: 'allowance-by-collegiate-voided',
    given: [issued(), voided()],
    ...online(50),
    answers: 2000042,
  },
  {
    name: 'allowance-by-collegiate-unknown',
    ...online(50, { InvoiceNo: 'ZZ00000000', InvoiceDate: '2026-11-21' }),
    answers: 2000018,
  },
  {
    name: 'allowance-by-collegiate-fields-missing',
    action: 'AllowanceByCollegiate',
    data: {},
    answers: 8940011,
  },
  {
    name: 'get-allowance-list-awaiting-consent',
    given: [issued(), online(50)],
    action: 'GetAllowanceList',
    data: { SearchType: '1', InvoiceNo: 'KA10000000', Date: '2026-11-21' },
    answers: 7,
  },
  {
    name: 'get-allowance-list-agreed',
    given: [issued(), online(50)],
    meanwhile: agreed,
    action: 'GetAllowanceList',
    data: { SearchType: '1', InvoiceNo: 'KA10000000', Date: '2026-11-21' },
    answers: 1,
  },
  {
    name: 'allowance-invalid-awaiting-consent',
    given: [issued(), online(50)],
    ...allowanceVoided(),
    answers: 8940705,
  },
  {
    name: 'allowance-invalid-by-collegiate',
    given: [issued(), online(50)],
    ...WITHDRAWN,
    answers: 1,
  },
  {
    name: 'allowance-invalid-by-collegiate-alias',
    given: [issued(), online(50)],
    ...WITHDRAWN,
    action: 'CancelAllowance',
    answers: 1,
  },
  {
    name: 'allowance-invalid-by-collegiate-twice',
    given: [issued(), online(50), WITHDRAWN],
    ...WITHDRAWN,
    answers: 8940706,
  },
  {
    name: 'allowance-invalid-by-collegiate-agreed',
    given: [issued(), online(50)],
    meanwhile: agreed,
    ...WITHDRAWN,
    answers: 5070250,
  },
  {
    name: 'allowance-invalid-by-collegiate-expired',
    given: [issued(), online(50)],
    ...WITHDRAWN,
    at: '2026-11-24 10:20:31',
    answers: 8940706,
  },
  {
    name: 'allowance-invalid-by-collegiate-unknown',
    given: [issued(), allowed(50)],
    ...WITHDRAWN,
    answers: 2000039,
  },
  {
    name: 'allowance-invalid-by-collegiate-fields-missing',
    action: 'AllowanceInvalidByCollegiate',
    data: {},
    answers: 8940011,
  },
];

function told(changes: Members = {}): CaseCall {
  return {
    action: 'InvoiceNotify',
    data: (earlier) => ({
      InvoiceNo: invoiceOf(earlier).InvoiceNo ?? 'ZZ00000000',
      NotifyMail: 'buyer@example.com',
      Phone: '',
      Notify: 'E',
      InvoiceTag: 'I',
      Notified: 'C',
      ...(earlier[1]?.IA_Allow_No === undefined ? {} : { AllowanceNo: earlier[1].IA_Allow_No }),
      ...changes,
    }),
  };
}

function refusedNotice(name: string, answers: number, changes: Members): Case {
  return { name, given: [issued()], ...told(changes), answers };
}

export const NOTIFY_CASES: readonly Case[] = [
  { name: 'invoice-notify', given: [issued()], ...told(), answers: 1 },
  {
    name: 'invoice-notify-both-ways',
    given: [issued()],
    ...told({ Notify: 'A', Phone: '0911222333', Notified: 'A' }),
    answers: 1,
  },
  {
    name: 'invoice-notify-sms',
    given: [issued()],
    ...told({ Notify: 'S', Phone: '0911222333', NotifyMail: '' }),
    answers: 1,
  },
  {
    name: 'invoice-notify-voided',
    given: [issued(), voided()],
    ...told({ InvoiceTag: 'II' }),
    answers: 1,
  },
  refusedNotice('invoice-notify-voided-not', 2, { InvoiceTag: 'II' }),
  {
    name: 'invoice-notify-allowance',
    given: [issued(), allowed(50)],
    ...told({ InvoiceTag: 'A' }),
    answers: 1,
  },
  {
    name: 'invoice-notify-allowance-voided',
    given: [issued(), allowed(50), allowanceVoided()],
    ...told({ InvoiceTag: 'AI' }),
    answers: 1,
  },
  {
    name: 'invoice-notify-allowance-voided-not',
    given: [issued(), allowed(50)],
    ...told({ InvoiceTag: 'AI' }),
    answers: 7,
  },
  {
    name: 'invoice-notify-online-allowance',
    given: [issued(), online(50)],
    ...told({ InvoiceTag: 'OA' }),
    answers: 1,
  },
  {
    name: 'invoice-notify-online-allowance-agreed',
    given: [issued(), online(50)],
    meanwhile: agreed,
    ...told({ InvoiceTag: 'OA' }),
    answers: 7,
  },
  {
    name: 'invoice-notify-online-allowance-way',
    given: [issued(), online(50)],
    ...told({ InvoiceTag: 'OA', Notified: 'A' }),
    answers: 8950704,
  },
  refusedNotice('invoice-notify-award', 2, { InvoiceTag: 'AW' }),
  refusedNotice('invoice-notify-offline', 2, { InvoiceTag: 'OI' }),
  { name: 'invoice-notify-unknown', ...told(), answers: 2 },
  refusedNotice('invoice-notify-allowance-missing', 8950101, { InvoiceTag: 'A' }),
  refusedNotice('invoice-notify-allowance-unknown', 7, {
    InvoiceTag: 'A',
    AllowanceNo: '2026112110200000',
  }),
  refusedNotice('invoice-notify-mail-missing', 8950151, { NotifyMail: '' }),
  refusedNotice('invoice-notify-mail-form', 8950152, { NotifyMail: 'buyer' }),
  refusedNotice('invoice-notify-phone-missing', 8950141, { Notify: 'S' }),
  refusedNotice('invoice-notify-phone-form', 8950142, { Notify: 'S', Phone: '0911-222-333' }),
  refusedNotice('invoice-notify-way-unknown', 8950112, { Notify: 'X' }),
  refusedNotice('invoice-notify-tag-unknown', 8950122, { InvoiceTag: 'X' }),
  refusedNotice('invoice-notify-whom-unknown', 8950132, { Notified: 'X' }),
  { name: 'invoice-notify-fields-missing', action: 'InvoiceNotify', data: {}, answers: 8950091 },
];
