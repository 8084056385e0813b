/** Claims about the imported register of businesses. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type MakeData, storeForGroup } from './opened.ts';
import { sellerAt } from './rows.ts';

const [FIRST, SECOND, THIRD] = [sellerAt(0), sellerAt(1), sellerAt(2)];

export function claimsAboutCompanies(makeData: MakeData): void {
  describe('companies', () => {
    const group = storeForGroup(makeData);

    test('an import replaces the one before: names change, businesses not in it are gone', async () => {
      const { companies } = group.store;
      assert.equal(await companies.companyEdition(), null);
      const first = await companies.beginCompanies();
      await companies.saveCompanies([
        { ubn: FIRST, name: '舊名', edition: first },
        { ubn: SECOND, name: '將歇業', edition: first },
      ]);
      assert.equal(await companies.companyEdition(), null);
      await companies.completeCompanies(first);
      assert.equal(await companies.companyEdition(), first);
      const second = await companies.beginCompanies();
      assert.notEqual(second, first);
      await companies.saveCompanies([]);
      await companies.saveCompanies([{ ubn: FIRST, name: '新名', edition: second }]);
      assert.equal(await companies.findCompany(SECOND), '將歇業');
      await companies.completeCompanies(second);
      assert.equal(await companies.findCompany(FIRST), '新名');
      assert.equal(await companies.findCompany(SECOND), null);
    });

    test('names of an import that broke off are gone after the next whole one', async () => {
      const { companies } = group.store;
      const broken = await companies.beginCompanies();
      await companies.saveCompanies([{ ubn: THIRD, name: '半途', edition: broken }]);
      const whole = await companies.beginCompanies();
      await companies.saveCompanies([{ ubn: FIRST, name: '新名', edition: whole }]);
      await companies.completeCompanies(whole);
      assert.equal(await companies.findCompany(THIRD), null);
      assert.equal(await companies.companyEdition(), whole);
    });
  });
}
