/**
 * Claims about e首發票 over a real ledger, beyond the checks of conformance: batches, concurrent orders,
 * terminals with numbers of their own, attacks, the edit window, late invoices. On every engine.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryEngine } from '../../../test/support/engines.ts';
import {
  allowance,
  cancel,
  consumer,
  gitBookBusiness,
  mixed,
  order,
} from '../../../test/support/systemlead-bodies.ts';
import {
  A,
  B,
  MERCHANT_FIRST,
  MERCHANT_LAST,
  type Members,
  merchantNumber,
  SystemleadHouse,
  U1_FIRST,
  U2_FIRST,
} from '../../../test/support/systemlead-house.ts';
import type { Seller } from '../../domain/seller.ts';
import { noticesOf } from '../../notify/owed.ts';

const SELLER = A.companyId as Seller['ubn'];

onEveryEngine((open) => {
  async function withHouse(
    claim: (house: SystemleadHouse) => Promise<void>,
    settings: Members = { holdHoursB: 0, holdHoursC: 0 },
    sellerA: Partial<Seller> = {},
  ): Promise<void> {
    const house = await SystemleadHouse.open(open, settings, sellerA);
    try {
      await claim(house);
    } finally {
      await house.close();
    }
  }
  const entriesOf = async (house: SystemleadHouse) =>
    (await house.mof.ledger.reads.listEntries(SELLER, 0, 5_000)).length;
  const find = (house: SystemleadHouse, number: string) =>
    house.mof.ledger.reads.findInvoice({ by: 'number', seller: SELLER, number: number as never });
  const numbers = async (house: SystemleadHouse) =>
    (await house.mof.ledger.reads.listInvoices({ seller: SELLER }, 0, 5_000)).items
      .map(({ row }) => row.number)
      .toSorted();

  test('a thousand items with thirty faulty ones: in order, exactly the good ones, few transactions', () =>
    withHouse(async (house) => {
      const isFaulty = (index: number) => index % 33 === 7 && index < 990;
      const bodies = Array.from({ length: 1_000 }, (_, index) =>
        consumer(merchantNumber(index), isFaulty(index) ? { TaxAmount: 5 } : {}),
      );
      const before = await entriesOf(house);
      const results = await house.batch('/Append/Invoices', bodies);
      assert.deepEqual(
        results.map(({ InvoiceID, StatusCode }) => [InvoiceID, StatusCode]),
        bodies.map(({ InvoiceID }, index) => [InvoiceID, isFaulty(index) ? 0 : 1]),
      );
      const good = bodies.filter((_, index) => !isFaulty(index));
      assert.equal(good.length, 970);
      assert.deepEqual(
        await numbers(house),
        good.map(({ InvoiceID }) => InvoiceID),
      );
      const entries = await house.mof.ledger.reads.listEntries(SELLER, before, 1_000);
      assert.equal(entries.length, 970);
      // All of one batch bear the time of one transaction.
      assert.equal(new Set(entries.map(({ at }) => at)).size, 1);
    }));

  test('two sub-books, 32 orders at once on each: gapless in each', () =>
    withHouse(async (house) => {
      const issue = async (UseFor: string, index: number) => {
        const body = order(`${UseFor}-${index}`, { UseFor });
        const [result] = await house.batch('/Append/Orders', [body]);
        assert.equal(result?.StatusCode, 1, JSON.stringify(result));
        return String(result?.InvoiceID);
      };
      const all = await Promise.all(
        Array.from({ length: 64 }, (_, index) => issue(index % 2 === 0 ? 'U1' : 'U2', index)),
      );
      const span = (first: number) => Array.from({ length: 32 }, (_, at) => `SL${first + at}`);
      assert.deepEqual(all.toSorted(), [...span(U1_FIRST), ...span(U2_FIRST)]);
    }));

  test('two terminals out of order, numbers left over: the blanks come out exactly', () =>
    withHouse(async (house) => {
      const one = [7, 2, 9, 0, 4];
      const two = [2_503, 2_500, 2_509];
      for (const index of [...one, ...two].toReversed()) {
        house.later();
        const { StatusCode } = await house.single(
          '/Append/Invoices',
          consumer(merchantNumber(index)),
        );
        assert.equal(StatusCode, 1);
      }
      const issued = new Set([...one, ...two]);
      const skipped = Array.from({ length: 10 }, (_, at) => [at, 2_500 + at])
        .flat()
        .filter((index) => !issued.has(index));
      const blanked = await house.batch(
        '/Append/BlankCancel',
        skipped.map((index) => cancel(merchantNumber(index))),
      );
      assert(blanked.every(({ StatusCode }) => StatusCode === 1));
      const report = (from: number, to: number, next: number) => ({
        CompanyID: A.companyId,
        Word: 'SL',
        StageYear: '2026',
        StageMonth: 12,
        StartNumber: String(from),
        EndNumber: String(to),
        NextNumber: String(next),
      });
      const middle = MERCHANT_FIRST + 2_500;
      const reports = await house.batch('/Update/SetBlankInvoiceID', [
        report(MERCHANT_FIRST, middle - 1, MERCHANT_FIRST + 100),
        report(MERCHANT_FIRST, middle - 1, MERCHANT_FIRST + 10),
        report(middle, MERCHANT_LAST, middle + 10),
      ]);
      assert.deepEqual(reports[1], {
        ErrorMessage: null,
        CompanyID: A.companyId,
        YearMonth: '11512',
        InvoiceWord: 'SL',
        BlankInvoiceBeginNo: String(MERCHANT_FIRST + 10),
        BlankInvoiceEndNo: String(middle - 1),
      });
      const blank = new Set<number>();
      for (const { first, last } of await house.mof.ledger.reads.listBlanks(SELLER)) {
        for (let at = first; at <= last; at += 1) blank.add(at - MERCHANT_FIRST);
      }
      for (let index = 0; index <= MERCHANT_LAST - MERCHANT_FIRST; index += 1) {
        assert.equal(blank.has(index), !issued.has(index), `number ${index}`);
      }
    }));

  test('a skipped number is blank once, an issued one is not, and a blank one is not issued', () =>
    withHouse(async (house) => {
      await house.single('/Append/Invoices', consumer(merchantNumber(1)));
      const attempt = async (number: string, party = A) => {
        house.later();
        const body = cancel(number, { SellerID: party.companyId });
        return (await house.single('/Append/BlankCancel', body, { party })).ResultMessage;
      };
      assert.equal(await attempt(merchantNumber(1)), '發票已開立，請使用作廢發票');
      assert.equal(await attempt(merchantNumber(2)), '成功');
      assert.equal(await attempt(merchantNumber(2)), '空白發票已作廢');
      assert.equal(await attempt('ZZ00000001'), '發票號碼不在授權字軌內');
      const issued = await house.single('/Append/Invoices', consumer(merchantNumber(2)));
      assert.equal(issued.Message, '發票號碼已列為空白作廢');
    }));

  test('what may not be changes nothing and says why in the table’s words', () =>
    withHouse(async (house) => {
      const number = merchantNumber(1);
      await house.single('/Append/Invoices', gitBookBusiness(number));
      await house.mof.startOutbox();
      await house.mof.outbox.tick();
      const before = await entriesOf(house);
      const refused = async (path: string, data: Members, party = A) => {
        house.later();
        return (await house.single(path, data, { party })).Message;
      };
      const other = { SellerID: B.companyId };
      assert.equal(await refused('/Update/CancelInvoices', cancel(number, other), B), '查無發票');
      assert.equal(
        await refused('/Update/CancelInvoices', cancel(number, other)),
        '賣方統編與授權公司不符',
      );
      assert.equal(await refused('/Update/CancelInvoices', cancel('ZZ12345678')), '查無發票');
      const late = cancel(number, { CancelDate: '2026-11-21T09:00:00' });
      assert.equal(await refused('/Update/CancelInvoices', late), 'CancelDate 格式錯誤');
      const over = allowance('P1', number, 1001, 50);
      assert.equal(await refused('/Update/AllowanceInvoice', over), '折讓金額超過原發票');
      const foreign = allowance('P1', number, 10, 1, other);
      assert.equal(await refused('/Update/AllowanceInvoice', foreign, B), '查無原發票');
      assert.equal(
        await refused('/Update/Invoices', gitBookBusiness(number)),
        '發票已啟動上傳，無法更新',
      );
      assert.equal(
        await refused('/Append/Invoices', consumer('SL20000000')),
        '發票號碼不在授權字軌內',
      );
      const unknown = { SellerID: A.companyId, AllowanceNumber: 'X', CancelReason: 'x' };
      assert.equal(
        await refused('/Update/CancelAllowances', { ...unknown, CancelDate: '2026-11-21T10:00' }),
        '查無折讓單',
      );
      assert.equal(await entriesOf(house), before);
    }));

  test('an order sent again after a time-out is one invoice, and says so; free again after a void', () =>
    withHouse(async (house) => {
      const body = JSON.stringify(house.envelope(order('PO-1')));
      const first = (await house.send('/Append/Order', body)).body as Members;
      assert.equal(first.InvoiceID, `SL${U1_FIRST}`);
      assert.match(String(first.RandomNumber), /^\d{4}$/);
      assert.equal(first.InvoiceDateTime, '2026-11-21T10:00:00');
      assert.equal(
        ((await house.send('/Append/Order', body)).body as Members).ErrorCode,
        'E-INV-902',
      );
      house.later();
      assert.equal((await house.single('/Append/Order', order('PO-1'))).Message, '訂單編號重複');
      assert.equal((await numbers(house)).length, 1);
      await house.single('/Update/CancelInvoices', cancel(String(first.InvoiceID)));
      house.later();
      assert.equal((await house.single('/Append/Order', order('PO-1'))).StatusCode, 1);
    }));

  test('BillingNo is one live invoice’s, also through an amendment', () =>
    withHouse(async (house) => {
      const [one, two] = [merchantNumber(1), merchantNumber(2)];
      const billed = (number: string, BillingNo: string) => consumer(number, { BillingNo });
      const send = async (path: string, data: Members) => {
        house.later();
        return (await house.single(path, data)).ResultMessage;
      };
      assert.equal(await send('/Append/Invoices', billed(one, 'SO-1')), '成功');
      assert.equal(await send('/Append/Invoices', billed(two, 'SO-1')), 'BillingNo 重複');
      assert.equal(await send('/Update/Invoices', billed(one, 'SO-2')), '成功');
      assert.equal(await send('/Append/Invoices', billed(two, 'SO-1')), '成功');
      assert.equal(await send('/Update/Invoices', billed(two, 'SO-2')), 'BillingNo 重複');
    }));

  test('the edit window holds, shows 1, and its end lets the message go', () =>
    withHouse(
      async (house) => {
        await house.mof.start();
        const number = merchantNumber(1);
        await house.single('/Append/Invoices', consumer(number));
        const state = async () =>
          (await house.single('/Inquire/GetInvoicesStatus', { InvoiceID: number })).ProcessStatus;
        await house.mof.round();
        assert.equal(await state(), 'I1');
        house.clock.set('2026-11-21 17:59:57');
        await house.mof.round();
        assert.equal(await state(), 'I1');
        house.clock.set('2026-11-21 18:00:00');
        await house.mof.round();
        assert.equal(await state(), 'I9');
        const { AppendStatus } = await house.single('/Inquire/GetInvoicesAppendStatus', {
          InvoiceID: number,
        });
        assert.equal(AppendStatus, 'C');
      },
      { holdHoursC: 8 },
    ));

  test('a late invoice is accepted and paused, or refused where the seller says so', async () => {
    const late = { InvoiceDateTime: '2026-11-18T10:00:00' };
    const ask = { InvoiceID: merchantNumber(1) };
    await withHouse(async (house) => {
      const result = await house.single('/Append/Invoices', consumer(merchantNumber(1), late));
      assert.equal(result.StatusCode, 1);
      assert.deepEqual(await house.single('/Inquire/GetInvoicesStatus', ask), {
        InvoiceID: merchantNumber(1),
        ProcessStatus: 'IP',
        ProcessStatusMessage: '開立暫停上傳',
      });
    });
    await withHouse(
      async (house) => {
        const result = await house.single('/Append/Invoices', consumer(merchantNumber(1), late));
        assert.equal(result.Message, '發票已逾上傳期限');
      },
      {},
      { dialects: { systemlead: { overduePolicy: 'reject' } } },
    );
  });

  test('a consumer without a home is paused while the seller has no member carrier', () =>
    withHouse(
      async (house) => {
        const bare = consumer(merchantNumber(1), { CarrierType: '', CarrierId: null });
        assert.equal((await house.single('/Append/Invoices', bare)).StatusCode, 1);
        const record = await find(house, merchantNumber(1));
        assert.deepEqual(record?.issueFiling.holds, ['member-carrier-code-missing']);
      },
      { holdHoursC: 0 },
      { memberCarrierCode: '' },
    ));

  test('what the header says in dollars is filed, and the last line of the class closes', () =>
    withHouse(async (house) => {
      const [business, both] = [merchantNumber(1), merchantNumber(2)];
      await house.batch('/Append/Invoices', [
        gitBookBusiness(business, { TaxAmount: 51, TotalAmount: 1051 }),
        mixed(both, { BuyerID: '04595257' }),
      ]);
      const one = await find(house, business);
      assert.deepEqual(
        one?.content.lines.map(({ filedAmount }) => filedAmount),
        ['666.6666', '333.3334'],
      );
      assert.deepEqual([one?.content.amounts.tax, one?.content.isPrinted], [51, true]);
      const two = await find(house, both);
      const { sales, exempt, tax, total } = two?.content.amounts ?? {};
      assert.deepEqual([sales, exempt, tax, total], [100, 40, 5, 145]);
    }));

  test('buyer and second address are owed a notice; the note is filed without the latter', () =>
    withHouse(async (house) => {
      const Note = '謝謝 cc*boss@example.com*cc 再來';
      const BuyerEmailAddress = 'me@example.com';
      await house.single(
        '/Append/Invoices',
        consumer(merchantNumber(1), { Note, BuyerEmailAddress }),
      );
      const { reads } = house.mof.ledger;
      const [entry] = (await reads.listEntries(SELLER, 0, 100)).filter(
        ({ verb }) => verb === 'issue',
      );
      const seller = house.mof.sellers[0];
      assert(entry !== undefined && seller !== undefined);
      const owed = await noticesOf(reads, entry, seller);
      assert.deepEqual(
        owed.map(({ kind, recipient }) => [kind, recipient]),
        [
          ['mail', 'me@example.com'],
          ['mail', 'boss@example.com'],
        ],
      );
      const { remark } = (await find(house, merchantNumber(1)))?.content ?? {};
      assert.equal(remark, '謝謝 再來');
    }));

  test('each printed invoice is one print job; one on a carrier is issued without', () =>
    withHouse(async (house) => {
      const paper = {
        PrintMark: '',
        CarrierType: '',
        CarrierId: '',
        PrinterNo: '01',
        PrintWithDetail: '2',
      };
      const results = await house.batch('/Append/PrintInvoices', [
        consumer(merchantNumber(1), paper),
        consumer(merchantNumber(2), { PrintMark: null }),
        consumer(merchantNumber(1), paper),
      ]);
      assert.deepEqual(
        results.map(({ StatusCode }) => StatusCode),
        [1, 1, 0],
      );
      const jobs = await house.mof.ledger.reads.listPrints({ seller: SELLER }, 10);
      assert.deepEqual(
        jobs.map(({ number, printer, hasDetails, medium }) => [
          number,
          printer,
          hasDetails,
          medium,
        ]),
        [[merchantNumber(1), '01', false, 'thermal']],
      );
    }));

  test('amounts beyond the tolerances are refused by name', () =>
    withHouse(async (house) => {
      const text = async (changes: Members) => {
        house.later();
        return (await house.single('/Append/Invoices', gitBookBusiness(merchantNumber(1), changes)))
          .ResultMessage;
      };
      assert.equal(await text({ TaxAmount: 52, TotalAmount: 1052 }), '稅額錯誤');
      assert.equal(await text({ SalesAmount: 1002, TotalAmount: 1052 }), '金額合計錯誤');
      assert.equal(await text({ TotalAmount: 1051 }), '金額合計錯誤');
      assert.equal(await text({ TaxType: '3' }), '金額合計錯誤');
      assert.equal(await text({ TaxType: '2' }), 'CustomsClearanceMark 必填');
      assert.equal(await text({ TaxType: '4' }), 'TaxType 格式錯誤');
      assert.equal(await text({ BuyerID: '0459525' }), '買受人統編錯誤');
      assert.equal(
        await text({ BuyerInvoiceTitle: '', BuyerName: null }),
        'BuyerInvoiceTitle 必填',
      );
      assert.equal(await text({ DonateMark: 'Y', NPOBAN: '919' }), 'DonateMark 格式錯誤');
      assert.equal(await text({ CarrierType: '3J0002', CarrierId: 'ABC' }), '載具格式錯誤');
      assert.equal(await text({ PrintMark: 'Y', CheckNumber: '' }), 'CheckNumber 必填');
      assert.equal(
        await text({ InvoiceDateTime: '2026-11-22T10:00:00' }),
        '發票日期不可晚於系統日期',
      );
      assert.equal(await text({ Details: [] }), 'Details 必填');
      assert.equal(await text({ InvoiceID: 'AB1234567' }), 'InvoiceID 格式錯誤');
      assert.equal((await numbers(house)).length, 0);
    }));
});
