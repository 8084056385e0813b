/**
 * Claims about an invoice that changes between the composing of its message and the hand-over: the
 * Ministry never gets a version that is not the invoice's any more.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { accepted, composed, SELLER_A } from '../../../test/support/demo.ts';
import { MofHouse } from '../../../test/support/mof-house.ts';
import type { Ledger } from '../../ledger/ledger.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'systemlead:12345675', ip: '' };

/** Totals of every F0401 file under the folder. */
function totalsUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /F0401_[^/]*\.xml$/.test(path) && path.includes('UpCast'))
    .map((path) => /<TotalAmount>(\d+)</.exec(readFileSync(join(folder, path), 'utf8'))?.[1] ?? '');
}

test('an amend between composing and the intent is what is filed', async () => {
  const house = await MofHouse.open();
  const segment = { category: 'any', code: '' } as const;
  const issued = await house.ledger.issue([
    {
      ...ORIGIN,
      composed: composed(105),
      references: [],
      reference: '',
      billingReference: '',
      channel: 'api',
      channelPartner: '',
      segment,
    },
  ]);
  const { number } = accepted(issued[0]);
  let isAmended = false;
  const ledger: Ledger = {
    ...house.ledger,
    async recordResult(commands) {
      if (!isAmended) {
        isAmended = true;
        const references = { reference: '', billingReference: '', references: [] };
        const change = { composed: composed(210), replacedKinds: [], randomNumber: '' };
        const amended = await house.ledger.amend([{ ...ORIGIN, number, ...references, ...change }]);
        assert.equal(accepted(amended[0]).version, 2);
      }
      return house.ledger.recordResult(commands);
    },
  };
  const outbox = await house.startOutbox({ ledger });
  await house.startSimulator();
  await outbox.tick();
  assert.deepEqual(totalsUnder(house.folder), []);
  for (let round = 0; round < 4; round += 1) await house.round();
  const record = await house.ledger.reads.findInvoice({
    by: 'number',
    seller: SELLER_A.ubn,
    number,
  });
  assert.equal(record?.issueFiling.state, 'confirmed');
  assert.equal(record.row.total, 210);
  assert.deepEqual(totalsUnder(house.folder), ['210']);
  await house.close();
});
