/** Claims about reading a register of businesses: CSV in any pieces, into a real store. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type OpenedStore, onEveryEngine } from '../../../test/support/engines.ts';
import { ubn } from '../../domain/ubn.ts';
import { CsvError, csvRows } from './csv-rows.ts';
import { type CompanyColumns, importCompanies } from './import-companies.ts';

async function rowsOf(pieces: readonly string[]): Promise<readonly (readonly string[])[]> {
  return Array.fromAsync(csvRows(pieces));
}

function written(rows: readonly (readonly string[])[], end: string): string {
  const field = (text: string) =>
    /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map(field).join(',') + end).join('');
}

describe('CSV rows', () => {
  test('come back as they were written, wherever the text is cut', async () => {
    const field = fc.stringMatching(/^[a", \n一二]{0,6}$/);
    const row = fc.array(field, { minLength: 2, maxLength: 4 });
    const property = fc.asyncProperty(
      fc.array(row, { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      fc.nat(40),
      async (rows, end, cut) => {
        const text = written(rows, end);
        assert.deepEqual(await rowsOf([text.slice(0, cut), text.slice(cut)]), rows);
        assert.deepEqual(await rowsOf([`\ufeff${text}`]), rows);
      },
    );
    await fc.assert(property, { seed: 20261121, numRuns: 300 });
  });

  test('the last row needs no line end, and empty lines are none', async () => {
    assert.deepEqual(await rowsOf(['a,b\n\n\nc,d']), [
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  const broken: readonly [string, string, RegExp][] = [
    ['a quote that is never closed', 'a,"b\nc,d\n', /never closed/],
    ['text after a closing quote', 'a,"b"c\n', /line 1: text after/],
    ['an endless field', 'x'.repeat(10_001), /too long/],
    ['an endless row', ','.repeat(300), /too many fields/],
  ];
  for (const [what, text, message] of broken) {
    test(`${what} is told`, async () => {
      await assert.rejects(rowsOf([text]), (error) => {
        assert(error instanceof CsvError);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

/** As the Ministry's open data has it: address first, names with full-width characters. */
const FILE = `營業地址,統一編號,總機構統一編號,營業人名稱,資本額
"臺北市中正區開立路1號,2樓",12345675,,開立測試商店,100000
,,,21-NOV-26,
高雄市,22222229,,開立測試商行,0
臺中市,12345678,,檢查碼錯誤商行,0
臺南市,04595257,,,0
`;

onEveryEngine((open) => {
  async function withStore(work: (opened: OpenedStore) => Promise<void>): Promise<void> {
    const opened = await open();
    try {
      await work(opened);
    } finally {
      await opened.remove();
    }
  }

  const file = async function* (text: string) {
    yield text;
  };

  test('businesses are found by tax ID; rows without one, or without a name, are counted', async () => {
    await withStore(async ({ store }) => {
      assert.deepEqual(await importCompanies(store.companies, file(FILE)), {
        imported: 2,
        skipped: 3,
      });
      assert.equal(await store.companies.findCompany(ubn('12345675')), '開立測試商店');
      assert.equal(await store.companies.findCompany(ubn('22222229')), '開立測試商行');
      assert.equal(await store.companies.findCompany(ubn('04595257')), null);
    });
  });

  test('a file of more rows than one transaction takes is read whole, repeated tax IDs too', async () => {
    await withStore(async ({ store }) => {
      const numbers = Array.from({ length: 12_500 }, (_, n) => String(n * 7).padStart(8, '0'));
      const rows = numbers.map((number) => `${number},商行${number}`);
      const text = ['統一編號,營業人名稱', ...rows, ...rows.slice(-3)].join('\n');
      const { imported, skipped } = await importCompanies(store.companies, file(text));
      assert(imported > 2_000, String(imported));
      assert(imported + skipped >= 12_500);
      assert.equal(await store.companies.findCompany(ubn('00000070')), '商行00000070');
    });
  });

  test('a file without the columns, or without a business, changes nothing', async () => {
    await withStore(async ({ store }) => {
      await importCompanies(store.companies, file(FILE));
      const edition = await store.companies.companyEdition();
      for (const text of ['', 'a,b\n1,2\n', '統一編號,營業人名稱\n1,2\n']) {
        await assert.rejects(importCompanies(store.companies, file(text)), CsvError);
      }
      const columns: CompanyColumns = { ubn: '統一編號', name: '公司名稱' };
      await assert.rejects(importCompanies(store.companies, file(FILE), columns), /公司名稱/);
      assert.equal(await store.companies.companyEdition(), edition);
      assert.equal(await store.companies.findCompany(ubn('12345675')), '開立測試商店');
    });
  });
});
