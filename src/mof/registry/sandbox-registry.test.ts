/** Claims about the sandbox's registers: what the guide says of them is what they answer. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { repositoryPath } from '../../../test/support/golden.ts';
import { isMobileBarcode } from '../../domain/carrier.ts';
import { parseDonationCode } from '../../domain/donation-code.ts';
import { ubn } from '../../domain/ubn.ts';
import {
  SANDBOX_BARCODES_UNKNOWN,
  SANDBOX_COMPANIES,
  SANDBOX_FAILURES,
  SANDBOX_ORGANISATIONS,
} from './sandbox-data.ts';
import { sandboxRegistry } from './sandbox-registry.ts';

const guide = readFileSync(repositoryPath('docs/guides/look-ups.md'), 'utf8');

test('every entry is in the guide, and answers as the guide says', async () => {
  for (const [code, name] of Object.entries(SANDBOX_ORGANISATIONS)) {
    assert(guide.includes(`\`${code}\` ${name}`), code);
    const parsed = parseDonationCode(code) ?? assert.fail(code);
    assert.deepEqual(await sandboxRegistry.findDonationOrganisation(parsed), {
      ok: true,
      value: { name },
    });
  }
  for (const [number, name] of Object.entries(SANDBOX_COMPANIES)) {
    assert(guide.includes(`\`${number}\` ${name}`), number);
    const found = await sandboxRegistry.findCompanyName(ubn(number));
    assert.deepEqual(found, { ok: true, value: name });
  }
  for (const barcode of SANDBOX_BARCODES_UNKNOWN) {
    assert(guide.includes(`\`${barcode}\``) && isMobileBarcode(barcode), barcode);
    const known = await sandboxRegistry.isMobileBarcodeKnown(barcode);
    assert.deepEqual(known, { ok: true, value: false });
  }
});

test('one entry of each register fails', async () => {
  const { barcode, donationCode, ubn: company } = SANDBOX_FAILURES;
  for (const value of [barcode, donationCode, company]) assert(guide.includes(`\`${value}\``));
  const code = parseDonationCode(donationCode) ?? assert.fail();
  assert.equal((await sandboxRegistry.isMobileBarcodeKnown(barcode)).ok, false);
  assert.equal((await sandboxRegistry.findDonationOrganisation(code)).ok, false);
  assert.equal((await sandboxRegistry.findCompanyName(ubn(company))).ok, false);
});
