/**
 * The fourteen checks of conformance of the e首發票 API, each on every engine: what both generations of its
 * clients rely on. Paths over real HTTP are in `test/e2e/systemlead.test.ts`.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onEveryEngine } from '../../../test/support/engines.ts';
import { assertMessagesValid, messageFiles } from '../../../test/support/message-files.ts';
import {
  allowance,
  cancel,
  consumer,
  gitBookBusiness,
  mixed,
  openApiBusiness,
  openApiConsumer,
  order,
} from '../../../test/support/systemlead-bodies.ts';
import {
  A,
  B,
  type Members,
  merchantNumber,
  SystemleadHouse,
  sha256,
} from '../../../test/support/systemlead-house.ts';
import { canonicalPath } from './paths.ts';

const GUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

onEveryEngine((open) => {
  let house: SystemleadHouse;
  let taken = 0;

  before(async () => {
    house = await SystemleadHouse.open(open);
    await house.mof.start();
  });
  after(() => house.close());

  function next(): string {
    taken += 1;
    return merchantNumber(taken);
  }
  /** A request that nothing else resembles. */
  async function single(path: string, data: Members): Promise<Members> {
    house.later();
    return house.single(path, data);
  }
  async function text(path: string, data: Members): Promise<unknown> {
    return (await single(path, data)).ResultMessage;
  }

  test('1: F1 passes in either case, one character changed does not; F2 passes while it is on', async () => {
    const status = { CompanyID: A.companyId, InvoiceID: merchantNumber(4_000) };
    const ask = async (signature: string, target = house) => {
      const timestamp = house.now();
      const body = JSON.stringify(house.envelope(status, { timestamp, signature }));
      return (await target.send('/Inquire/GetInvoicesAppendStatus', body)).status;
    };
    const f1 = sha256(`${house.now()}${A.salt}`);
    const f2 = sha256(`${A.companyId}${A.salt}${house.now()}`);
    assert.equal(await ask(f1), 200);
    assert.equal(await ask(f1.toLowerCase()), 200);
    assert.equal(await ask(`${f1.slice(0, -1)}${f1.endsWith('0') ? '1' : '0'}`), 401);
    assert.equal(await ask(f2), 200);
  });

  test('2: both examples of the OpenAPI description succeed as one envelope', async () => {
    for (const body of [openApiBusiness(next()), openApiConsumer(next())]) {
      const result = await single('/Append/Invoices', body);
      assert.equal(result.StatusCode, 1);
      assert.equal(result.ResultMessage, '成功');
      assert.match(String(result.AuthCode), GUID);
      assert.equal(result.InvoiceNumber, body.InvoiceID);
      assert.equal('Message' in result, false);
    }
  });

  test('3: bodies of GitBook’s shape succeed as an array', async () => {
    const { RandomNumber: _, ...plain } = consumer(next());
    house.later();
    const results = await house.batch('/Append/Invoices', [gitBookBusiness(next()), plain]);
    assert.deepEqual(
      results.map(({ StatusCode }) => StatusCode),
      [1, 1],
    );
  });

  test('4: good, duplicate, forged: three results in order', async () => {
    house.later();
    const number = next();
    const good = house.envelope(consumer(number));
    const forged = house.envelope(consumer(next()), { signature: '0'.repeat(64) });
    const { status, body } = await house.send(
      '/Append/Invoices',
      JSON.stringify([good, house.envelope(consumer(number)), forged]),
    );
    assert.equal(status, 200);
    assert(Array.isArray(body));
    assert.match(String(body[0].AuthCode), GUID);
    assert.equal(body[1].Message, '發票號碼重複');
    assert.equal(body[1].ErrorCode, 'E-INV-020');
    assert.equal(body[2].Message, '簽章驗證錯誤');
  });

  test('5: elements of one request may share time stamp and signature', async () => {
    house.later();
    const results = await house.batch('/Append/Invoices', [
      consumer(next()),
      consumer(next()),
      consumer(next()),
    ]);
    assert.deepEqual(
      results.map(({ StatusCode }) => StatusCode),
      [1, 1, 1],
    );
  });

  test('6: another company’s GUI has no tracks, one’s own has', async () => {
    const ask = (CompanyID: string) =>
      single('/Inquire/GetInvoiceIDList', { CompanyID, StageYear: '2026', StageMonth: '12' });
    assert.deepEqual(await ask(B.companyId), {
      IDList: [],
      CompanyID: B.companyId,
      StageYear: '2026',
      StageMonth: '12',
    });
    const { IDList } = await ask(A.companyId);
    assert(Array.isArray(IDList));
    assert.deepEqual(
      IDList.map(({ Word, BeginNumber }) => `${Word}${BeginNumber}`),
      ['KA10000000', 'SL20000000'],
    );
    assert.equal(IDList[1].IDKey, '1234567511512SL2000000000');
    assert.deepEqual(
      IDList[1].Details.map((part: Members) => [part.Code, part.UseFor, part.RowStatus]),
      [
        ['01', 'U1', 'A'],
        ['02', 'U2', 'A'],
        ['03', '', 'A'],
      ],
    );
  });

  test('7: blank ranges: reversed, twice the same, and all again', async () => {
    const range = (from: string, to: string) => ({ InvoiceBeginNo: from, InvoiceEndNo: to });
    const body = {
      HeadBan: A.companyId,
      BranchBan: A.companyId,
      InvoiceType: '07',
      YearMonth: '11512',
      InvoiceTrack: 'SL',
      Items: [
        range('20014005', '20014003'),
        range('20014002', '20014003'),
        range('20014002', '20014003'),
      ],
    };
    const statuses = async () => {
      house.later();
      const { body: results } = await house.send(
        '/Append/TrackBlank',
        JSON.stringify(house.envelope(body)),
      );
      assert(Array.isArray(results));
      return results[0].Items.map((item: Members) => [item.Status, item.Message]);
    };
    const reversed = ['E', '發票迄號必須大於或等於起號'];
    const known = ['E', '空白發票新增失敗，請確認是否有輸入相同區間'];
    assert.deepEqual(await statuses(), [reversed, known, ['C', '空白發票新增成功']]);
    assert.deepEqual(await statuses(), [reversed, known, known]);
  });

  test('8: a stamp eight hours ahead is accepted, one an hour old is not', async () => {
    house.later();
    const at = async (seconds: number) => {
      const options = { timestamp: house.now() + seconds };
      return house.single('/Append/Invoices', consumer(next()), options);
    };
    assert.equal((await at(28_800)).StatusCode, 1);
    const old = await at(-3_600);
    assert.deepEqual([old.Message, old.ErrorCode], ['時間戳記逾期', 'E-INV-901']);
  });

  test('9: a code as a number is a code; an empty order number is none', async () => {
    const number = next();
    await single('/Append/Invoices', consumer(number, { RandomNumber: 6740 }));
    const seller = house.mof.sellers[0]?.ubn;
    assert(seller !== undefined);
    const found = await house.mof.ledger.reads.findInvoice({
      by: 'number',
      seller,
      number: number as never,
    });
    assert.equal(found?.content.randomNumber, '6740');
    const refused = await single('/Append/Order', order(''));
    assert.deepEqual([refused.StatusCode, refused.Message], [0, 'RelateNumber 必填']);
  });

  test('10: a void with an array answers an array, a single one an object; a trailing comma passes', async () => {
    const [one, two, three] = [next(), next(), next()];
    house.later();
    await house.batch('/Append/Invoices', [consumer(one), consumer(two), consumer(three)]);
    house.later();
    const many = await house.send(
      '/Update/CancelInvoices',
      JSON.stringify(house.envelope([cancel(one), cancel('ZZ00000000')])),
    );
    assert.deepEqual(
      (many.body as Members[]).map(({ InvoiceNumber, StatusCode, ResultMessage }) => [
        InvoiceNumber,
        StatusCode,
        ResultMessage,
      ]),
      [
        [one, 1, '成功'],
        ['ZZ00000000', 0, '查無發票'],
      ],
    );
    house.later();
    const single = JSON.stringify(house.envelope(cancel(two)));
    const object = await house.send('/Update/CancelInvoices', single);
    assert.deepEqual(object.body, {
      SellerID: A.companyId,
      InvoiceNumber: two,
      StatusCode: 1,
      ResultMessage: '成功',
    });
    house.later();
    const comma = JSON.stringify(house.envelope(cancel(three))).replace('"}}', '",},}');
    assert.match(comma, /,\},\}$/);
    const tolerated = await house.send('/Update/CancelInvoices', comma);
    assert.equal((tolerated.body as Members).StatusCode, 1);
  });

  test('11: allowances up to the invoice, not beyond, and again after one is void', async () => {
    const number = next();
    await single('/Append/Invoices', gitBookBusiness(number));
    const first = await single('/Update/AllowanceInvoice', allowance('2611211', number, 500, 25));
    assert.deepEqual(first, {
      SellerID: A.companyId,
      AllowanceNumber: '2611211A001',
      StatusCode: 1,
      ResultMessage: '成功',
    });
    const second = await single('/Update/AllowanceInvoice', allowance('2611212', number, 500, 25));
    assert.equal(second.StatusCode, 1);
    const third = allowance('2611213', number, 1, 0);
    assert.equal(await text('/Update/AllowanceInvoice', third), '折讓金額超過原發票');
    const voided = await single('/Update/CancelAllowances', {
      SellerID: A.companyId,
      AllowanceNumber: '2611211A001',
      CancelDate: '2026-11-21T10:05:00',
      CancelReason: '折讓金額有誤',
      Remark: '',
    });
    assert.equal(voided.StatusCode, 1);
    assert.equal((await single('/Update/AllowanceInvoice', third)).StatusCode, 1);
  });

  test('12: B never mixed, C mixed by class, C without tax', async () => {
    const business = gitBookBusiness(next(), { TaxType: '9' });
    assert.equal(await text('/Append/Invoices', business), 'B類發票不可混稅');
    assert.equal(await text('/Append/Invoices', mixed(next())), '成功');
    const taxed = consumer(next(), { TaxAmount: 5 });
    assert.equal(await text('/Append/Invoices', taxed), 'C類發票稅額須為0');
  });

  test('13: an amendment works while I1, never with another time, not from I2 on', async () => {
    const number = next();
    const issued = await single('/Append/Invoices', gitBookBusiness(number));
    const amended = gitBookBusiness(number, { BuyerInvoiceTitle: '更名股份有限公司' });
    const state = async () =>
      (await single('/Inquire/GetInvoicesStatus', { InvoiceID: number })).ProcessStatus;
    assert.equal(await state(), 'I1');
    const result = await single('/Update/Invoices', amended);
    assert.deepEqual([result.StatusCode, result.AuthCode], [1, issued.AuthCode]);
    const later = { ...amended, InvoiceDateTime: '2026-11-21T10:00:01' };
    assert.equal(await text('/Update/Invoices', later), '發票開立時間不可異動');
    await house.mof.outbox.tick();
    assert.equal(await state(), 'I2');
    assert.equal(await text('/Update/Invoices', amended), '發票已啟動上傳，無法更新');
  });

  test('14: paths in any case, under any mount, with slashes to spare, reach the action', () => {
    const route = '/terpapi/Append/Invoices';
    for (const path of [
      '/TERPAPI/append/invoices',
      '/api/Append/Invoices',
      '/terpapi//Append/Invoices/',
      '/Append/Invoices',
      '/terpapi/api/append/Invoices',
    ]) {
      assert.equal(canonicalPath(path), route);
    }
    const alias = canonicalPath('/terpapi/Update/CancelAllowance');
    assert.equal(alias, '/terpapi/Update/CancelAllowances');
    for (const path of ['/', '/api/v1/openapi.json', '/terpapi/Append', '/append', '/i/Append']) {
      assert.equal(canonicalPath(path), null);
    }
    assert.equal(canonicalPath('/einv/Append/Order', '/einv'), '/terpapi/Append/Order');
  });

  test('every message of all this is one that the Ministry takes', async () => {
    for (let rounds = 0; rounds < 6; rounds += 1) await house.mof.round();
    const files = messageFiles(house.mof.folder);
    const kinds = new Set(files.map(({ message }) => message));
    assert.deepEqual([...kinds].toSorted(), ['F0401', 'F0501', 'G0401', 'G0501']);
    await assertMessagesValid(files);
    const states = await house.mof.states();
    assert.deepEqual(
      states.filter((state) => !state.endsWith('confirmed')),
      [],
    );
  });
});
