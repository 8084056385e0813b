/** The vectors of the signature, and the settings and stamps that let a request pass or not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signatureF1, signatureF2 } from '#wire/systemlead/signature.ts';
import { ENGINES } from '../../../test/support/engines.ts';
import { consumer } from '../../../test/support/systemlead-bodies.ts';
import {
  A,
  type Members,
  merchantNumber,
  type SignOptions,
  SystemleadHouse,
  sha256,
} from '../../../test/support/systemlead-house.ts';
import { ReplayGuard } from './replay-guard.ts';
import { readSettings, SETTINGS } from './settings.ts';

test('V1, the vendor’s published vector, and Kaili’s V2 and V3 come out', () => {
  assert.equal(
    signatureF1('1490714051', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
    '42AFE0433C4EB08B9266E3B50C72A9D11D4946DC79B7AFD4B73AE9175185644B',
  );
  assert.equal(
    signatureF1('1767225600', A.salt),
    'E011470050DBF92FDC0B1BC6C63CD482D2735F110067FF393D7A22142E2BF0EF',
  );
  assert.equal(
    signatureF2('12345675', '1767225600', A.salt),
    '45CA2417FF6535CB7F1C97F5089A6BC9D58450FED736054D1D591136C799BB61',
  );
});

describe('over a ledger', () => {
  async function withHouse(
    settings: Members,
    claim: (house: SystemleadHouse) => Promise<void>,
  ): Promise<void> {
    const house = await SystemleadHouse.open(ENGINES.sqlite, settings);
    try {
      await claim(house);
    } finally {
      await house.close();
    }
  }
  const status = (house: SystemleadHouse, options: SignOptions) =>
    house.send(
      '/Inquire/GetInvoicesAppendStatus',
      JSON.stringify(house.envelope({ InvoiceID: merchantNumber(1) }, options)),
    );
  const issue = async (house: SystemleadHouse, index: number, options: SignOptions = {}) =>
    house.single('/Append/Invoices', consumer(merchantNumber(index)), options);

  test('F2 does not pass when the setting leaves it out, and F1 then still does', () =>
    withHouse({ signatureFormulas: ['F1'] }, async (house) => {
      const f2 = sha256(`${A.companyId}${A.salt}${house.now()}`);
      assert.equal((await status(house, { signature: f2 })).status, 401);
      assert.equal((await status(house, {})).status, 200);
    }));

  test('an unknown seller, an empty and a foreign signature get one and the same answer', () =>
    withHouse({}, async (house) => {
      const unknown = { companyId: '04595257', salt: A.salt };
      const replies = [
        await status(house, { party: unknown }),
        await status(house, { signature: 'x' }),
        await status(house, { party: { ...A, salt: 'ANOTHER' } }),
      ];
      for (const { status: code, body } of replies) {
        assert.equal(code, 401);
        const { Message, ErrorCode, StatusCode } = body as Members;
        assert.deepEqual([Message, ErrorCode, StatusCode], ['簽章驗證錯誤', 'E-INV-900', 0]);
      }
    }));

  test('a client that throws on 401 can be answered 200', () =>
    withHouse({ authFailureStatus: 200 }, async (house) => {
      assert.equal((await status(house, { signature: 'x' })).status, 200);
    }));

  test('the same request again is refused and writes nothing; signed anew it is a duplicate', () =>
    withHouse({}, async (house) => {
      const body = JSON.stringify(house.envelope(consumer(merchantNumber(1))));
      assert.equal(((await house.send('/Append/Invoices', body)).body as Members).StatusCode, 1);
      const entries = async () =>
        (await house.mof.ledger.reads.listEntries('12345675' as never, 0, 100)).length;
      const before = await entries();
      const { status: code, body: again } = await house.send('/Append/Invoices', body);
      assert.equal(code, 401);
      assert.deepEqual((again as Members).Message, '時間戳記重複使用');
      house.later();
      assert.equal((await issue(house, 1)).Message, '發票號碼重複');
      assert.equal(await entries(), before);
      // Another item under the same stamp is honest traffic.
      assert.equal((await issue(house, 2)).StatusCode, 1);
    }));

  test('strict refuses a stamp that was used on the path, off refuses nothing', async () => {
    await withHouse({ timestampReuse: 'strict' }, async (house) => {
      assert.equal((await issue(house, 1)).StatusCode, 1);
      assert.equal((await issue(house, 2)).Message, '時間戳記重複使用');
    });
    await withHouse({ timestampReuse: 'off' }, async (house) => {
      assert.equal((await issue(house, 1)).StatusCode, 1);
      assert.equal((await issue(house, 1)).Message, '發票號碼重複');
    });
  });

  test('a stamp eight hours ahead cannot be replayed eight hours later', () =>
    withHouse({}, async (house) => {
      const timestamp = house.now() + 28_800;
      const body = JSON.stringify(house.envelope(consumer(merchantNumber(1)), { timestamp }));
      assert.equal(((await house.send('/Append/Invoices', body)).body as Members).StatusCode, 1);
      house.later(28_800);
      const { body: again } = await house.send('/Append/Invoices', body);
      assert.equal((again as Members).Message, '時間戳記重複使用');
    }));

  test('milliseconds pass by their seconds; what is no number does not', () =>
    withHouse({}, async (house) => {
      assert.equal((await status(house, { timestamp: house.now() * 1000 })).status, 200);
      const { body } = await status(house, { timestamp: 'yesterday' });
      assert.equal((body as Members).Message, '時間戳記逾期');
    }));

  test('a tolerance of 0 compares no stamp', () =>
    withHouse({ timestampToleranceSec: 0 }, async (house) => {
      assert.equal((await issue(house, 1, { timestamp: '1' })).StatusCode, 1);
    }));

  test('an envelope that is not whole is 400 alone, and its own result in an array', () =>
    withHouse({}, async (house) => {
      const { Signature: _, ...partial } = house.envelope(consumer(merchantNumber(1)));
      const alone = await house.send('/Append/Invoices', JSON.stringify(partial));
      assert.equal(alone.status, 400);
      assert.equal((alone.body as Members).Message, 'Signature 必填');
      const all = [partial, house.envelope(consumer(merchantNumber(1)))];
      const { status: code, body } = await house.send('/Append/Invoices', JSON.stringify(all));
      assert.equal(code, 200);
      assert.deepEqual(
        (body as Members[]).map(({ StatusCode }) => StatusCode),
        [0, 1],
      );
    }));

  test('what is no JSON, empty, or too many items is refused whole', () =>
    withHouse({}, async (house) => {
      for (const body of ['', 'x', '[]', '5', '{"a":', '"text"']) {
        const reply = await house.send('/Append/Invoices', body);
        const expected = [400, '{"Message":"The request is invalid."}'];
        assert.deepEqual([reply.status, reply.text], expected);
      }
      const many = house.envelope(Array.from({ length: 1001 }, () => ({})));
      assert.equal((await house.send('/Append/Invoices', JSON.stringify(many))).status, 413);
    }));

  test('a byte order mark, Data as text, names in another case: all are read', () =>
    withHouse({}, async (house) => {
      const { Data, ...outer } = house.envelope(consumer(merchantNumber(1)));
      const body = `\uFEFF${JSON.stringify({ ...outer, data: JSON.stringify(Data) })}`;
      const reply = await house.send(
        '/Append/Invoices',
        body.replaceAll('InvoiceFor', 'invoicefor'),
      );
      assert.equal((reply.body as Members).StatusCode, 1);
    }));
});

test('the memory of requests is bounded and forgets the oldest first', () => {
  const guard = new ReplayGuard(3);
  for (const key of ['a', 'b', 'c', 'd']) guard.add(key, 100, 1);
  assert.equal(guard.size, 3);
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => guard.has(key, 50)),
    [false, true, true, true],
  );
  assert.equal(guard.has('d', 101), false);
});

test('settings have layers, and what makes no sense is named and left out', () => {
  const { settings, problems } = readSettings(
    { holdHoursB: 1, voidGraceDay: 31, mount: '/x' },
    { holdHoursB: 2, colour: 'red' },
  );
  assert.deepEqual(settings, { ...SETTINGS, holdHoursB: 2 });
  assert.deepEqual(problems, ['voidGraceDay', 'colour']);
});
