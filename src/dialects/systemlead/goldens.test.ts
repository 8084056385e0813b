/**
 * The documented exchanges of e首發票 as examples: each endpoint single and in a batch, good and bad, in the
 * shapes of the vendor's samples with Kaili's own values. Written with KAILI_UPDATE_GOLDENS=1.
 */
import { test } from 'node:test';
import { ENGINES } from '../../../test/support/engines.ts';
import { assertGolden } from '../../../test/support/golden.ts';
import {
  allowance,
  cancel,
  consumer,
  gitBookBusiness,
  mixed,
  openApiBusiness,
  order,
} from '../../../test/support/systemlead-bodies.ts';
import {
  A,
  type Members,
  merchantNumber,
  SystemleadHouse,
} from '../../../test/support/systemlead-house.ts';

const number = merchantNumber;
const range = (from: string, to: string) => ({ InvoiceBeginNo: from, InvoiceEndNo: to });
const blanks = (changes: Members = {}): Members => ({
  HeadBan: A.companyId,
  BranchBan: A.companyId,
  InvoiceType: '07',
  YearMonth: '11512',
  InvoiceTrack: 'SL',
  Items: [range('20014000', '20014049'), range('20013999', '20013998')],
  ...changes,
});
const report = (next: string, changes: Members = {}): Members => ({
  CompanyID: A.companyId,
  Word: 'SL',
  StageYear: '2026',
  StageMonth: '12',
  StartNumber: '20013000',
  EndNumber: '20013499',
  NextNumber: next,
  ...changes,
});
const takeBack = (AllowanceNumber: string): Members => ({
  SellerID: A.companyId,
  AllowanceNumber,
  CancelDate: '2026-11-21T10:05:00',
  CancelReason: '折讓金額有誤',
  Remark: '',
});
const status = (InvoiceID: string): Members => ({ CompanyID: A.companyId, InvoiceID });

/** Name of the folder, path, and `Data`: an array is a batch of envelopes. */
type Case = readonly [name: string, path: string, data: Members | readonly Members[]];

/** In the order in which they happen: one ledger serves them all. */
const CASES: readonly Case[] = [
  [
    'get-invoice-id-list',
    '/Inquire/GetInvoiceIDList',
    { CompanyID: A.companyId, StageYear: '2026', StageMonth: '12' },
  ],
  [
    'get-invoice-id-list-bad',
    '/Inquire/GetInvoiceIDList',
    { CompanyID: A.companyId, StageYear: '26' },
  ],
  [
    'get-invoice-id-list-batch',
    '/Inquire/GetInvoiceIDList',
    [
      { CompanyID: '22222229', StageYear: '2026' },
      { CompanyID: A.companyId, StageYear: '2025' },
    ],
  ],
  ['append-invoices-business', '/Append/Invoices', openApiBusiness(number(1))],
  ['append-invoices-consumer', '/Append/Invoices', consumer(number(2))],
  ['append-invoices-bad', '/Append/Invoices', consumer(number(3), { TaxAmount: 5 })],
  [
    'append-invoices-batch',
    '/Append/Invoices',
    [gitBookBusiness(number(4)), mixed(number(5)), consumer(number(2))],
  ],
  ['update-invoices', '/Update/Invoices', consumer(number(2), { BuyerName: '更正之買受人' })],
  ['update-invoices-bad', '/Update/Invoices', consumer(number(99))],
  [
    'update-invoices-batch',
    '/Update/Invoices',
    [
      mixed(number(5), { MainRemark: '更正' }),
      consumer(number(2), { InvoiceDateTime: '2026-11-21T10:00:01' }),
    ],
  ],
  [
    'append-print-invoices',
    '/Append/PrintInvoices',
    consumer(number(6), { CarrierType: '', CarrierId: '', PrinterNo: '00', PrintWithDetail: '3' }),
  ],
  [
    'append-print-invoices-bad',
    '/Append/PrintInvoices',
    consumer(number(7), { PrintWithDetail: '1' }),
  ],
  [
    'append-print-invoices-batch',
    '/Append/PrintInvoices',
    [consumer(number(7), { CarrierType: '', CarrierId: '' }), consumer(number(6))],
  ],
  ['append-order', '/Append/Order', order('SO-1')],
  ['append-order-bad', '/Append/Order', order('SO-1', { Note: 'again' })],
  [
    'append-orders-batch',
    '/Append/Orders',
    [order('SO-2', { UseFor: 'U2' }), order('SO-3', { UseFor: 'U9' })],
  ],
  ['get-invoices-append-status', '/Inquire/GetInvoicesAppendStatus', status(number(1))],
  [
    'get-invoices-append-status-batch',
    '/Inquire/GetInvoicesAppendStatus',
    [status(number(2)), status('ZZ00000000')],
  ],
  ['get-invoices-append-status-bad', '/Inquire/GetInvoicesAppendStatus', status('2')],
  ['get-invoices-status', '/Inquire/GetInvoicesStatus', { InvoiceID: number(1) }],
  ['get-invoices-status-bad', '/Inquire/GetInvoicesStatus', { InvoiceID: 'ZZ00000000' }],
  [
    'get-invoices-status-batch',
    '/Inquire/GetInvoicesStatus',
    [{ InvoiceID: number(2) }, { InvoiceID: number(3) }],
  ],
  ['allowance-invoice', '/Update/AllowanceInvoice', allowance('2611211', number(4), 500, 25)],
  ['allowance-invoice-bad', '/Update/AllowanceInvoice', allowance('2611212', number(4), 1000, 50)],
  [
    'allowance-invoice-batch',
    '/Update/AllowanceInvoice',
    [allowance('2611213', number(4), 100, 5), allowance('2611211', number(4), 1, 0)],
  ],
  ['cancel-allowances', '/Update/CancelAllowances', takeBack('2611211A001')],
  ['cancel-allowances-bad', '/Update/CancelAllowances', takeBack('2611299A001')],
  [
    'cancel-allowances-batch',
    '/Update/CancelAllowances',
    [takeBack('2611213A001'), takeBack('2611211A001')],
  ],
  ['cancel-invoices', '/Update/CancelInvoices', cancel(number(1))],
  ['cancel-invoices-bad', '/Update/CancelInvoices', cancel(number(1), { CancelReason: '再作廢' })],
  ['cancel-invoices-batch', '/Update/CancelInvoices', [cancel(number(2)), cancel('ZZ00000000')]],
  ['blank-cancel', '/Append/BlankCancel', cancel(number(10))],
  ['blank-cancel-bad', '/Append/BlankCancel', cancel(number(5))],
  ['blank-cancel-batch', '/Append/BlankCancel', [cancel(number(11)), cancel(number(10))]],
  ['track-blank', '/Append/TrackBlank', blanks()],
  ['track-blank-bad', '/Append/TrackBlank', blanks({ YearMonth: '11511' })],
  [
    'track-blank-batch',
    '/Append/TrackBlank',
    [blanks({ Items: [range('20014100', '20014100')] }), blanks()],
  ],
  ['set-blank-invoice-id', '/Update/SetBlankInvoiceID', report('20013100')],
  ['set-blank-invoice-id-bad', '/Update/SetBlankInvoiceID', report('20013600')],
  [
    'set-blank-invoice-id-batch',
    '/Update/SetBlankInvoiceID',
    [report('20013500'), report('20010001', { StartNumber: '20010000', EndNumber: '20010099' })],
  ],
];

test('each documented exchange is as the example shows', async () => {
  const house = await SystemleadHouse.open(ENGINES.sqlite);
  try {
    for (const [name, path, data] of CASES) {
      house.later();
      const request = Array.isArray(data)
        ? data.map((one: Members) => house.envelope(one))
        : house.envelope(data);
      const { body } = await house.send(path, JSON.stringify(request));
      const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
      assertGolden(
        `examples/systemlead/${name}/request.json`,
        text({ path: `/terpapi${path}`, body: request }),
      );
      assertGolden(`examples/systemlead/${name}/response.json`, text(body));
    }
    house.later();
    const forged = house.envelope(consumer(number(20)), { signature: '0'.repeat(64) });
    const { body } = await house.send('/Append/Invoices', JSON.stringify(forged));
    const request = { path: '/terpapi/Append/Invoices', body: forged };
    assertGolden(
      'examples/systemlead/signature-bad/request.json',
      `${JSON.stringify(request, null, 2)}\n`,
    );
    assertGolden(
      'examples/systemlead/signature-bad/response.json',
      `${JSON.stringify(body, null, 2)}\n`,
    );
  } finally {
    await house.close();
  }
});
