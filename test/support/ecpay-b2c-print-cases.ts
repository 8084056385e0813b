/** Print links of the ECPay B2C API, case by case. */
import {
  BUSINESS,
  type Case,
  type CaseCall,
  invoiceOf,
  issued,
  line,
  PRINTED,
} from './ecpay-b2c-case.ts';
import type { Members } from './ecpay-bytes.ts';

function printed(changes: Members = {}): CaseCall {
  return {
    action: 'InvoicePrint',
    data: (earlier) => ({
      InvoiceNo: 'ZZ00000000',
      InvoiceDate: '2026-11-21',
      ...(earlier.length > 0 ? invoiceOf(earlier) : {}),
      ...changes,
    }),
  };
}

const CONSUMERS = issued(PRINTED);
const COMPANYS = issued(BUSINESS);
const DONATED = issued({ CarrierType: '', Donation: '1', LoveCode: '168001' });

export const PRINT_CASES: readonly Case[] = [
  { name: 'invoice-print', given: [CONSUMERS], ...printed(), answers: 1 },
  {
    name: 'invoice-print-two-sided',
    given: [CONSUMERS],
    ...printed({ PrintStyle: 2, IsShowingDetail: 2 }),
    answers: 1,
  },
  { name: 'invoice-print-thermal', given: [CONSUMERS], ...printed({ PrintStyle: 3 }), answers: 1 },
  {
    name: 'invoice-print-again',
    given: [CONSUMERS, printed()],
    ...printed({ IsReprintInvoice: 'Y' }),
    answers: 1,
  },
  { name: 'invoice-print-a4', given: [COMPANYS], ...printed({ PrintStyle: '4' }), answers: 1 },
  { name: 'invoice-print-a5', given: [COMPANYS], ...printed({ PrintStyle: 5 }), answers: 1 },
  {
    name: 'invoice-print-a4-consumer',
    given: [CONSUMERS],
    ...printed({ PrintStyle: 4 }),
    answers: 8950703,
  },
  { name: 'invoice-print-unknown', ...printed(), answers: 100 },
  {
    name: 'invoice-print-wrong-day',
    given: [CONSUMERS],
    ...printed({ InvoiceDate: '2026-11-22' }),
    answers: 100,
  },
  { name: 'invoice-print-carrier', given: [issued()], ...printed(), answers: 100 },
  { name: 'invoice-print-donated', given: [DONATED], ...printed(), answers: 100 },
  {
    name: 'invoice-print-amount-too-large',
    given: [
      issued({
        ...PRINTED,
        SalesAmount: 4_294_967_296,
        Items: [line(1, '土地', 1, 4_294_967_296)],
      }),
    ],
    ...printed(),
    answers: 8950713,
  },
  { name: 'invoice-print-style', ...printed({ PrintStyle: 6 }), answers: 8950162 },
  { name: 'invoice-print-number-missing', ...printed({ InvoiceNo: '' }), answers: 8950091 },
  {
    name: 'invoice-print-without-key',
    house: { hasQrKey: false },
    given: [CONSUMERS],
    ...printed(),
    answers: 8950712,
  },
];
