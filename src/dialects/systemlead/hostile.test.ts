/**
 * Claims about members that no invoice can hold, and about numbers that came through e首發票 and are
 * reported blank: a bad item fails alone, a reported number is never issued. On every engine.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryEngine } from '../../../test/support/engines.ts';
import {
  allowance,
  cancel,
  consumer,
  gitBookBusiness,
  order,
} from '../../../test/support/systemlead-bodies.ts';
import {
  A,
  type Members,
  merchantNumber,
  SystemleadHouse,
  U1_FIRST,
} from '../../../test/support/systemlead-house.ts';
import type { Seller } from '../../domain/seller.ts';

const SELLER = A.companyId as Seller['ubn'];
const BAD = ['a\u0000b', 'a\u0008b', 'a\u001fb', 'a\uffffb', 'a\ud800b', '\udc00'];

onEveryEngine((open) => {
  async function withHouse(claim: (house: SystemleadHouse) => Promise<void>): Promise<void> {
    const house = await SystemleadHouse.open(open);
    try {
      await claim(house);
    } finally {
      await house.close();
    }
  }
  const report = (next: number) => ({
    CompanyID: A.companyId,
    Word: 'SL',
    StageYear: '2026',
    StageMonth: '12',
    StartNumber: String(U1_FIRST),
    EndNumber: String(U1_FIRST + 49),
    NextNumber: String(next),
  });
  const ordered = async (house: SystemleadHouse, reference: string) => {
    const [result] = await house.batch('/Append/Orders', [order(reference)]);
    assert.equal(result?.StatusCode, 1, JSON.stringify(result));
    return String(result?.InvoiceID);
  };

  test('a text that nothing can hold fails its item alone, by the name of its member', () =>
    withHouse(async (house) => {
      const bodies = BAD.map((text, index) =>
        consumer(merchantNumber(10 + index), { BuyerName: text }),
      );
      const line = { DetailID: '1', ProductName: 'a\u0000b', Quantity: 1, UnitPrice: 1 };
      const results = await house.batch('/Append/Invoices', [
        consumer(merchantNumber(1)),
        ...bodies,
        consumer(merchantNumber(2), { Details: [{ ...line, SubTotal: 1 }] }),
        gitBookBusiness(merchantNumber(3), { RelateNumber: 'x\ud800' }),
        consumer(merchantNumber(4)),
      ]);
      assert.deepEqual(
        results.map(({ ResultMessage }) => ResultMessage),
        [
          '成功',
          ...BAD.map(() => 'BuyerName 格式錯誤'),
          'ProductName 格式錯誤',
          'RelateNumber 格式錯誤',
          '成功',
        ],
      );
      const { items } = await house.mof.ledger.reads.listInvoices({ seller: SELLER }, 0, 100);
      assert.deepEqual(items.map(({ row }) => row.number).toSorted(), [
        merchantNumber(1),
        merchantNumber(4),
      ]);
    }));

  test('so do voids, allowances and inquiries', () =>
    withHouse(async (house) => {
      await house.single('/Append/Invoices', consumer(merchantNumber(1)));
      const message = async (path: string, data: Members) => {
        house.later();
        return (await house.single(path, data)).Message;
      };
      assert.equal(
        await message('/Update/CancelInvoices', cancel(merchantNumber(1), { CancelReason: 'a\0' })),
        'CancelReason 格式錯誤',
      );
      assert.equal(
        await message('/Update/AllowanceInvoice', allowance('P\u0000', merchantNumber(1), 1, 0)),
        'AllowanceNumberPrefix 格式錯誤',
      );
      const asked = { CompanyID: 'a\u0000', InvoiceID: merchantNumber(1) };
      for (const path of ['/Inquire/GetInvoicesAppendStatus', '/Inquire/GetInvoicesStatus']) {
        assert.equal(await message(path, asked), 'CompanyID 格式錯誤');
        assert.equal(await message(path, { InvoiceID: 'AB\u0000' }), 'InvoiceID 格式錯誤');
      }
      const list = { CompanyID: 'a\u0000', StageYear: '2026' };
      assert.equal(await message('/Inquire/GetInvoiceIDList', list), 'CompanyID 格式錯誤');
    }));

  test('an address or a number of a million characters is looked at by its length', () =>
    withHouse(async (house) => {
      const email = `a@${'.'.repeat(1_000_000)}@`;
      const long = `${'9'.repeat(1_000_000)}.12345678`;
      const one = consumer(merchantNumber(1), { BuyerEmailAddress: email });
      assert.equal((await house.single('/Append/Invoices', one)).StatusCode, 1);
      house.later();
      const [line] = consumer('').Details as readonly Members[];
      const two = consumer(merchantNumber(2), { Details: [{ ...line, UnitPrice: long }] });
      const refused = await house.single('/Append/Invoices', two);
      assert.equal(refused.ResultMessage, 'UnitPrice 格式錯誤');
      const found = await house.mof.ledger.reads.listInvoices({ seller: SELLER }, 0, 10);
      assert.deepEqual(
        found.items.map(({ content }) => content.buyer.email),
        [''],
      );
    }));

  test('a number that was reported blank is never issued, and an issued one never reported', () =>
    withHouse(async (house) => {
      assert.equal(await ordered(house, 'o1'), `SL${U1_FIRST}`);
      assert.equal(await ordered(house, 'o2'), `SL${U1_FIRST + 1}`);
      const refused = await house.single('/Update/SetBlankInvoiceID', report(U1_FIRST + 1));
      assert.equal(refused.ErrorMessage, '區間內含已開立發票號碼');
      house.later();
      const taken = await house.single('/Update/SetBlankInvoiceID', report(U1_FIRST + 3));
      assert.equal(taken.ErrorMessage, null);
      assert.equal(taken.BlankInvoiceBeginNo, String(U1_FIRST + 3));
      // What lies before the next number is free, what lies behind the range too.
      assert.equal(await ordered(house, 'o3'), `SL${U1_FIRST + 2}`);
      assert.equal(await ordered(house, 'o4'), `SL${U1_FIRST + 50}`);
      house.later();
      const again = await house.single('/Update/SetBlankInvoiceID', report(U1_FIRST + 5));
      assert.equal(again.ErrorMessage, null);
      assert.equal(await ordered(house, 'o5'), `SL${U1_FIRST + 51}`);
    }));
});
