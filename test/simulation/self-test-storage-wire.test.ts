/**
 * The Ministry's self-test for storage messages (MOF self-test form V4.8.1) from the wire on, on both engines: ECPay's B2C
 * calls, ledger, outbox, Turnkey's folders, the platform with its books, its results, and the upload states as the
 * queries show them. The same cases from the ledger on, the load and the unused numbers: self-test-storage.test.ts.
 *
 * Case 4-1 annuls a voided invoice, which ECPay's VoidWithReIssue does not do: over the wire it is refused.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { B2bCall } from '../support/ecpay-b2b-case.ts';
import {
  allowanceVoided,
  allowed,
  BUSINESS,
  type CaseCall,
  invoiceOf,
  issued,
  line,
  ORDER,
  order,
  PRINTED,
  voided,
} from '../support/ecpay-b2c-case.ts';
import type { Members } from '../support/ecpay-bytes.ts';
import { onEveryEngine } from '../support/engines.ts';
import { assertAllWell, ExchangeHouse } from '../support/exchange-house.ts';

const MOBILE = { CarrierType: '3', CarrierNum: '/ABC+12.' };
const CERTIFICATE = { CarrierType: '2', CarrierNum: 'AB12345678901234' };
const DONATED = { Donation: '1', LoveCode: '168001' };

/** Members of each case's order, and what its F0401 says. */
const ISSUED: Readonly<Record<string, readonly [Members, ...RegExp[]]>> = {
  '1-1 B2C': [{}, /<Identifier>0000000000</],
  '1-2 with a tax ID': [BUSINESS, /<Identifier>04595257</],
  '2 printed, no carrier': [PRINTED, /<PrintMark>Y</, /^(?!.*CarrierType)/s],
  '7 mobile barcode': [MOBILE, /<CarrierType>3J0002</, /<CarrierId1>\/ABC\+12\.</],
  '8 donation': [{ ...DONATED, CarrierType: '' }, /<NPOBAN>168001</, /<DonateMark>1</],
  '9 mobile barcode and donation': [
    { ...MOBILE, ...DONATED },
    ...[/<CarrierType>3J0002</, /<NPOBAN>168001</],
  ],
  '10 mobile barcode and tax ID': [
    { ...MOBILE, CustomerIdentifier: '04595257', CustomerName: '示範貿易有限公司' },
    ...[/<CarrierType>3J0002</, /<Identifier>04595257</],
  ],
  '11 member carrier': [{ CarrierType: '1' }, /<CarrierType>EJ0113</],
  '12 member carrier and donation': [
    { ...DONATED, CarrierType: '1' },
    ...[/<CarrierType>EJ0113</, /<NPOBAN>168001</],
  ],
  '13 citizen certificate': [CERTIFICATE, /<CarrierType>CQ0001</],
  '14 citizen certificate and donation': [
    { ...CERTIFICATE, ...DONATED },
    ...[/<CarrierType>CQ0001</, /<NPOBAN>168001</],
  ],
  '15 taxable': [{ TaxType: '1' }, /<TaxType>1</, /<TaxRate>0.05</],
  '16 zero rate': [
    { TaxType: '2', ClearanceMark: '1', ZeroTaxRateReason: '71' },
    ...[/<ZeroTaxSalesAmount>100</, /<CustomsClearanceMark>1</, /<ZeroTaxRateReason>71</],
  ],
  '17 exempt': [{ TaxType: '3' }, /<FreeTaxSalesAmount>100</],
  '18 mixed': [
    {
      TaxType: '9',
      Items: [
        line(1, '應稅商品', 1, 60, { ItemTaxType: '1' }),
        line(2, '免稅商品', 1, 40, { ItemTaxType: '3' }),
      ],
    },
    ...[/<TaxType>9</, /<FreeTaxSalesAmount>40</],
  ],
};

const REISSUED: CaseCall = {
  action: 'VoidWithReIssue',
  data: (earlier) => {
    const [issue] = earlier;
    const { InvoiceNo } = invoiceOf(earlier);
    const content = { ...ORDER, InvoiceDate: issue?.InvoiceDate, SalesAmount: 300 };
    return {
      VoidModel: { InvoiceNo, VoidReason: '內容更正' },
      IssueModel: { ...content, Items: [line(1, '凍頂烏龍茶', 3, 100)] },
    };
  },
};
/** The calls after the first issue, the messages of all, and the query that shows the last one's upload. */
interface Life {
  readonly calls: readonly CaseCall[];
  readonly files: readonly string[];
  readonly shown: readonly [query: CaseCall, status: string];
}
const number = (earlier: readonly Members[]) => {
  const { InvoiceNo, InvoiceDate } = invoiceOf(earlier);
  return { InvoiceNo, InvoiceDate, RelateNumber: ORDER.RelateNumber };
};
const allowance = (earlier: readonly Members[]) => {
  return { InvoiceNo: earlier[0]?.InvoiceNo, AllowanceNo: earlier[1]?.IA_Allow_No };
};
const LIVES: Readonly<Record<string, Life>> = {
  '3 void': {
    calls: [voided()],
    files: ['F0401', 'F0501'],
    shown: [{ action: 'GetInvalid', data: number }, 'II_Upload_Status'],
  },
  '4-2 issue, annul, issue again with the same number': {
    calls: [REISSUED],
    files: ['F0401', 'F0401', 'F0701'],
    shown: [
      { action: 'GetIssue', data: { RelateNumber: ORDER.RelateNumber } },
      'IIS_Upload_Status',
    ],
  },
  '5 allowance': {
    calls: [allowed(50)],
    files: ['F0401', 'G0401'],
    shown: [
      {
        action: 'GetAllowanceList',
        data: (earlier) => ({ SearchType: '0', ...allowance(earlier) }),
      },
      'IA_Upload_Status',
    ],
  },
  '6 void of an allowance': {
    calls: [allowed(50), allowanceVoided()],
    files: ['F0401', 'G0401', 'G0501'],
    shown: [{ action: 'GetAllowanceInvalid', data: allowance }, 'AI_Upload_Status'],
  },
};

onEveryEngine((open) => {
  function inHouse(run: (house: ExchangeHouse) => Promise<void>): () => Promise<void> {
    return async () => {
      const opened = await open();
      const house = await ExchangeHouse.open(opened, 'b2c');
      try {
        await run(house);
        await assertAllWell(house, house.sent('B2SSTORAGE'));
      } finally {
        await house.close();
        await opened.remove();
      }
    };
  }
  /** A call that is answered 1, after which everything reaches its end. */
  async function take(house: ExchangeHouse, call: B2bCall): Promise<void> {
    const answer = await house.ask(call, '');
    assert.equal(answer.RtnCode, 1, `${call.action}: ${JSON.stringify(answer)}`);
    house.answers.push(answer);
    await house.settle();
  }
  const kinds = (house: ExchangeHouse) =>
    house
      .sent('B2SSTORAGE')
      .map(({ kind }) => kind)
      .sort();

  describe('storage from the wire', () => {
    for (const [name, [members, ...shows]] of Object.entries(ISSUED)) {
      test(
        `case ${name}`,
        inHouse(async (house) => {
          await take(house, issued(members));
          const shown = await house.ask(
            { action: 'GetIssue', data: { RelateNumber: ORDER.RelateNumber } },
            '',
          );
          assert.equal(`${shown.IIS_Upload_Status}${shown.IIS_Turnkey_Status}`, '1C');
          const [{ xml } = { xml: '' }, ...others] = house.sent('B2SSTORAGE');
          assert.deepEqual(others, []);
          for (const pattern of shows) assert.match(xml, pattern);
        }),
      );
    }

    for (const [name, { calls, files, shown }] of Object.entries(LIVES)) {
      test(
        `case ${name}`,
        inHouse(async (house) => {
          await take(house, issued());
          for (const call of calls) await take(house, call);
          assert.deepEqual(kinds(house), files);
          const [query, status] = shown;
          const answer = await house.ask(query, '');
          const members = JSON.stringify(answer);
          assert.equal(Number(answer.RtnCode), 1, members);
          assert.match(members, new RegExp(`"${status}":"1"`));
        }),
      );
    }

    test(
      'case 4-1 over the wire: a voided invoice is not annulled',
      inHouse(async (house) => {
        await take(house, issued());
        await take(house, voided());
        const answer = await house.ask(REISSUED, '');
        assert.notEqual(answer.RtnCode, 1);
        assert.deepEqual(kinds(house), ['F0401', 'F0501']);
        const again = await house.ask({ action: 'Issue', data: order() }, '');
        assert.equal(again.RtnCode, 5070357, 'nor its order issued again');
      }),
    );
  });
});
