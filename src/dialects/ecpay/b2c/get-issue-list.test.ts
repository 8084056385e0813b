/** Claims about GetIssueList: each filter, both date forms, pages, upload states. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SELLER_A } from '../../../../test/support/demo.ts';
import { BUSINESS, line, order, PRINTED } from '../../../../test/support/ecpay-b2c-case.ts';
import type { Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';
import type { FilingState } from '../../../domain/filing.ts';

/** Orders in the order of their numbers; each is found by its RelateNumber. */
const ORDERS: Readonly<Record<string, Members>> = {
  plain: {},
  printed: { ...PRINTED, CustomerName: '林示範' },
  business: BUSINESS,
  shopee: { ChannelPartner: '1', CustomerPhone: '0911222333' },
  exempt: { TaxType: '3' },
  zero: { TaxType: '2', ClearanceMark: '1', SalesAmount: 1, Items: [line(1, '外銷', 1, 1)] },
};
const ALL = Object.keys(ORDERS).reverse();

let house: EcpayHouse;
before(async () => {
  house = await openEcpayHouse();
  for (const [RelateNumber, changes] of Object.entries(ORDERS)) {
    const { data } = await house.call('Issue', order({ ...changes, RelateNumber }));
    assert.equal(data.RtnCode, 1, RelateNumber);
    if (RelateNumber === 'exempt') {
      const { InvoiceNo, InvoiceDate } = data;
      await house.call('Invalid', { InvoiceNo, InvoiceDate, Reason: '作廢' });
    }
    house.clock.advanceMs(1000);
  }
});
after(() => house.close());

async function list(filter: Members): Promise<Members> {
  const { envelope } = await house.call('GetIssueList', {
    BeginDate: '2026-11-21',
    EndDate: '2026/11/21',
    NumPerPage: 200,
    ShowingPage: 1,
    ...filter,
  });
  return envelope.Data as Members; // plain in this call alone
}

/** RelateNumbers of the rows, in their order. */
async function found(filter: Members): Promise<readonly string[]> {
  const { InvoiceData, TotalCount } = await list(filter);
  assert(Array.isArray(InvoiceData));
  assert.equal(TotalCount, InvoiceData.length);
  return InvoiceData.map((row) => row.IIS_Relate_Number);
}

function but(...names: readonly string[]): readonly string[] {
  return ALL.filter((name) => !names.includes(name));
}

describe('filters', () => {
  const cases: readonly (readonly [Members, readonly string[]])[] = [
    [{}, ALL],
    [{ Query_Award: '0', Query_Invalid: 0, Query_Print: '', Query_Upload: null }, ALL],
    [{ ChannelPartner: '1' }, ['shopee']],
    [{ ChannelPartner: '7' }, ALL],
    [{ Query_Award: '1' }, []],
    [{ Query_Award: '2' }, ALL],
    [{ Query_Invalid: '1' }, ['exempt']],
    [{ Query_Invalid: 2 }, but('exempt')],
    [{ Query_Identifier: '1' }, ['business']],
    [{ Query_Identifier: '2' }, but('business')],
    [{ Query_Print: '1' }, ['business', 'printed']],
    [{ Query_Print: '2' }, but('business', 'printed')],
    [{ Query_Print: '3' }, []],
    [{ Query_Upload: '1' }, []],
    [{ Query_Upload: '2' }, ALL],
    [{ Query_Upload: '3' }, []],
    [{ Query_TaxType: '1' }, but('exempt', 'zero')],
    [{ Query_TaxType: 2 }, ['zero']],
    [{ Query_TaxType: '9' }, []],
    [{ Query_Category: '1' }, ALL],
    [{ Query_Category: '2' }, []],
    [{ Query_Category: '3' }, []],
    [{ Query_Customer_Name: '林示範' }, ['printed']],
    [{ Query_Customer_Phone: '0911222333' }, ['shopee']],
    [{ Query_Invalid: '1', Query_TaxType: '1' }, []],
    [{ BeginDate: '2026-11-20 23:59:59', EndDate: '2026-11-22T00:00:00' }, ALL],
    [{ BeginDate: '2026/11/22', EndDate: '2026-11-22' }, []],
  ];
  for (const [filter, names] of cases) {
    test(`${JSON.stringify(filter)} finds ${names.join(', ') || 'nothing'}`, async () => {
      assert.deepEqual(await found(filter), names);
    });
  }

  const refused: readonly (readonly [Members, number])[] = [
    [{ Query_Award: '3' }, 8950062],
    [{ Query_TaxType: '5' }, 8950062],
    [{ NumPerPage: 0 }, 8950032],
    [{ NumPerPage: 201 }, 8950032],
    [{ NumPerPage: '' }, 8950031],
    [{ ShowingPage: 0 }, 8950042],
    [{ DataType: 3 }, 8950052],
    [{ EndDate: '2026-11-31' }, 8950022],
    [{ Query_Customer_Name: '長'.repeat(61) }, 8950063],
    [{ BeginDate: '2026-11-22' }, 8950701],
  ];
  for (const [filter, code] of refused) {
    test(`${JSON.stringify(filter).slice(0, 40)} is ${code}`, async () => {
      assert.equal((await list(filter)).RtnCode, code);
    });
  }
});

describe('pages', () => {
  test('follow each other without gap or repetition', async () => {
    const pages = await Promise.all(
      [1, 2, 3].map((ShowingPage) => list({ NumPerPage: '2', ShowingPage })),
    );
    const names = pages.flatMap(({ InvoiceData, TotalCount }) => {
      assert.equal(TotalCount, ALL.length);
      assert(Array.isArray(InvoiceData));
      return InvoiceData.map((row) => row.IIS_Relate_Number);
    });
    assert.deepEqual(names, ALL);
  });

  test('past the end are empty and tell the total', async () => {
    const past = await list({ ShowingPage: 999_999_999 });
    assert.deepEqual([past.TotalCount, past.InvoiceData], [ALL.length, []]);
    assert.equal(past.ShowingPage, 999_999_999);
  });
});

test('CSV quotes what needs quotes, ends rows with CRLF and leaves nothing out', async () => {
  const { InvoiceData } = await list({ DataType: 2, Query_TaxType: '2' });
  assert(typeof InvoiceData === 'string');
  assert(!InvoiceData.startsWith('\ufeff'));
  const rows = InvoiceData.split('\r\n');
  assert.equal(rows.length, 3);
  assert.equal(rows[2], '');
  assert.equal(rows[0]?.split(',').length, 24);
  assert.equal(
    rows[1],
    '1,1,KA10000005,zero,0000000000,1,B2C,2,0,0,1,2026-11-21 10:20:35,1,0,0,,,1,,,0,1,C8D3ADCA922F6037A02FFE71617AA302,0',
  );
});

describe('upload states', () => {
  const steps: readonly (readonly [Exclude<FilingState, 'held'>, Members, string])[] = [
    ['handed', status('0', 'P', ''), '2'],
    ['sent', status('0', 'G', ''), '2'],
    ['refused', status('0', 'E', ''), '3'],
    // A late answer wins over a refusal.
    ['confirmed', status('1', 'C', '2026-11-21 10:20:36'), '1'],
  ];
  for (const [to, wanted, query] of steps) {
    test(`${to} shows ${JSON.stringify(wanted)} and is found by Query_Upload ${query}`, async () => {
      const { items } = await house.ledger.reads.listFilings({ seller: SELLER_A.ubn }, 0, 1);
      const [filing] = items;
      assert(filing !== undefined);
      const [moved] = await house.ledger.recordResult([
        {
          seller: SELLER_A.ubn,
          account: 'system',
          ip: '',
          sequence: filing.sequence,
          to,
          code: '',
          text: '',
          ...(to === 'handed' && { fileName: `F0401-${filing.attempts}.xml`, isWritten: true }),
        },
      ]);
      assert(moved?.ok, JSON.stringify(moved));
      const shown = await house.call('GetIssue', { RelateNumber: 'plain' });
      const { IIS_Upload_Status, IIS_Turnkey_Status, IIS_Upload_Date } = shown.data;
      assert.deepEqual({ IIS_Upload_Status, IIS_Turnkey_Status, IIS_Upload_Date }, wanted);
      for (const other of ['1', '2', '3']) {
        const names = await found({ Query_Upload: other });
        assert.equal(names.includes('plain'), other === query, other);
      }
    });
  }
});

function status(upload: string, turnkey: string, date: string): Members {
  return { IIS_Upload_Status: upload, IIS_Turnkey_Status: turnkey, IIS_Upload_Date: date };
}
