/** Claims about the envelope: who is let in, in which order refusals come, what a reply repeats. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MERCHANT_A, MERCHANT_B, type Members, STYLES } from '../../../test/support/ecpay-bytes.ts';
import {
  type EcpayHouse,
  openEcpayHouse,
  PLATFORM,
  POS_MERCHANT,
} from '../../../test/support/ecpay-house.ts';
import { ecpay } from './index.ts';

const QUERY = { RelateNumber: 'NOBODY' };
const NOT_FOUND = '{"RtnCode":2,"RtnMsg":"查無發票資料，請重新確認"}';

let house: EcpayHouse;
before(async () => {
  house = await openEcpayHouse();
});
after(() => house.close());

/** The house's time in seconds, moved. */
function seconds(offset: number): number {
  return Math.floor(house.clock.now() / 1000) + offset;
}

/** A body whose outer members are changed. */
function changed(changes: Members): string {
  return JSON.stringify({ ...JSON.parse(house.body(QUERY)), ...changes });
}

interface Outer {
  readonly status: number;
  readonly contentType: string;
  readonly outer: Members;
}

async function sent(body: string | Uint8Array): Promise<Outer> {
  const { status, contentType, body: text } = await house.send('GetIssue', body);
  return { status, contentType, outer: JSON.parse(String(text)) };
}

async function refusal(body: string | Uint8Array): Promise<number> {
  const { status, contentType, outer } = await sent(body);
  assert.equal(status, 500);
  assert.equal(contentType, 'application/json; charset=utf-8');
  assert.equal(outer.Data, null);
  assert(typeof outer.TransMsg === 'string' && outer.TransMsg !== '');
  assert(typeof outer.TransCode === 'number' && outer.TransCode !== 1);
  return outer.TransCode;
}

describe('the body', () => {
  const broken: Readonly<Record<string, string | Uint8Array>> = {
    'nothing at all': '',
    'half an object': '{"MerchantID":',
    'a form': 'MerchantID=2000132&Data=x',
    'an array': '[]',
    'a number': '7',
    'a text': '"2000132"',
    'no UTF-8': Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d),
    'nested without end': '['.repeat(100_000),
  };
  for (const [what, body] of Object.entries(broken)) {
    test(`${what} is refused in the envelope`, async () => {
      assert.equal(await refusal(body), 8900001);
    });
  }

  test('a byte order mark and members in another case are accepted', async () => {
    const { MerchantID, RqHeader, Data } = JSON.parse(house.body(QUERY));
    const header = { timestamp: String(RqHeader.Timestamp) };
    const body = `﻿${JSON.stringify({ merchantid: Number(MerchantID), RQHEADER: header, data: Data })}`;
    assert.equal((await sent(body)).status, 200);
  });
});

describe('the merchant', () => {
  for (const id of ['9999999', '', null, {}, ['2000132'], '3002607', '20001320000000', true]) {
    test(`${JSON.stringify(id)} is not enabled`, async () => {
      assert.equal(await refusal(changed({ MerchantID: id })), 115);
    });
  }

  test('may be a number, or have blanks around it', async () => {
    for (const MerchantID of [2000132, ' 2000132 ']) {
      const { status, outer } = await sent(changed({ MerchantID }));
      assert.equal(status, 200);
      assert.equal(outer.MerchantID, 2000132);
    }
  });

  test('of a POS reads its seller’s invoices', async () => {
    const { dataText } = await house.call('GetIssue', QUERY, { merchant: POS_MERCHANT });
    assert.equal(dataText, NOT_FOUND);
  });
});

describe('the time', () => {
  for (const offset of [0, 600, -600]) {
    test(`${offset} s off is in time`, async () => {
      assert.equal((await sent(changed({ RqHeader: { Timestamp: seconds(offset) } }))).status, 200);
    });
  }
  for (const offset of [601, -601, 86_400]) {
    test(`${offset} s off is stale`, async () => {
      assert.equal(await refusal(changed({ RqHeader: { Timestamp: seconds(offset) } })), 104);
    });
  }
  for (const header of [undefined, null, {}, [], { Timestamp: '' }, { Timestamp: 'now' }]) {
    test(`header ${JSON.stringify(header)} names no time`, async () => {
      assert.equal(await refusal(changed({ RqHeader: header })), 104);
    });
  }
  test('in milliseconds is stale', async () => {
    assert.equal(await refusal(changed({ RqHeader: { Timestamp: house.clock.now() } })), 104);
  });
});

describe('Data', () => {
  for (const data of [undefined, null, '', false]) {
    test(`${JSON.stringify(data)} is empty`, async () => {
      assert.equal(await refusal(changed({ Data: data })), 111);
    });
  }
  for (const data of ['x', 'AAAA', 'not base64!', {}, 7, [QUERY], 'A'.repeat(4096)]) {
    test(`${JSON.stringify(data).slice(0, 24)} does not decrypt`, async () => {
      assert.equal(await refusal(changed({ Data: data })), 110);
    });
  }
  for (const text of ['', '[]', 'null', '{"half":', '"text"']) {
    test(`encrypted ${JSON.stringify(text)} is no object`, async () => {
      assert.equal(await refusal(house.body(text)), 110);
    });
  }
  test('encrypted with another merchant’s keys does not decrypt', async () => {
    const { Data } = JSON.parse(house.body(QUERY, { merchant: MERCHANT_B }));
    assert.equal(await refusal(changed({ Data })), 110);
  });

  for (const [name, style] of Object.entries(STYLES)) {
    test(`of a ${name} client is read`, async () => {
      const { dataText } = await house.call(
        'GetIssue',
        { RelateNumber: '王 小明+~\'/"' },
        { style },
      );
      assert.equal(dataText, NOT_FOUND);
    });
  }
});

test('refusals come in one order: merchant, time, empty, cipher', async () => {
  const stale = { Timestamp: seconds(-900) };
  assert.equal(await refusal(changed({ MerchantID: '1', RqHeader: stale, Data: '' })), 115);
  assert.equal(await refusal(changed({ RqHeader: stale, Data: '' })), 104);
  assert.equal(await refusal(changed({ Data: '' })), 111);
});

describe('a reply', () => {
  test('has the documented members only, ids as numbers, Success', async () => {
    const { outer } = await sent(house.body(QUERY));
    assert.deepEqual(Object.keys(outer), [
      'PlatformID',
      'MerchantID',
      'RpHeader',
      'TransCode',
      'TransMsg',
      'Data',
    ]);
    assert.equal(outer.PlatformID, 0);
    assert.equal(outer.MerchantID, 2000132);
    assert.equal(outer.TransCode, 1);
    assert.equal(outer.TransMsg, 'Success');
  });

  test('repeats RqID and Revision', async () => {
    const header = { Timestamp: seconds(0), RqID: 'abc-1', Revision: '3.0.0' };
    const { outer } = await sent(changed({ RqHeader: header }));
    assert.deepEqual(outer.RpHeader, { Timestamp: seconds(0), RqID: 'abc-1', Revision: '3.0.0' });
  });

  test('without them has a UUID and null', async () => {
    const { outer } = await sent(house.body(QUERY));
    const { RqID, Revision } = outer.RpHeader as Members; // always an object in a reply
    assert.match(String(RqID), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(Revision, null);
  });

  test('writes a blank as +, as .NET does', async () => {
    await house.call('Issue', {
      RelateNumber: 'BLANK1',
      CustomerEmail: 'b@example.com',
      Print: 0,
      Donation: 0,
      TaxType: 1,
      SalesAmount: 1,
      InvType: '07',
      Items: [{ ItemName: 'a', ItemCount: 1, ItemPrice: 1, ItemAmount: 1 }],
    });
    const reply = await house.call('GetIssue', { RelateNumber: 'BLANK1' });
    assert.match(reply.encoded, /IIS_Create_Date%22%3a%222026-11-21\+10%3a20%3a30%22/);
  });
});

describe('a platform', () => {
  test('calls with its own keys for a bound merchant, and is repeated', async () => {
    const reply = await house.call('GetIssue', QUERY, { platform: PLATFORM });
    assert.equal(reply.dataText, NOT_FOUND);
    assert.equal(reply.envelope.PlatformID, 3002607);
    assert.equal(reply.envelope.MerchantID, 2000132);
  });

  test('that is unknown, or no platform, is refused', async () => {
    for (const PlatformID of ['3002608', MERCHANT_B.id, 'x']) {
      assert.equal(await refusal(changed({ PlatformID })), 115);
    }
  });

  test('may not use the merchant’s keys', async () => {
    assert.equal(await refusal(changed({ PlatformID: PLATFORM.id })), 110);
  });

  for (const PlatformID of ['', null, 0, '0', false]) {
    test(`${JSON.stringify(PlatformID)} means none`, async () => {
      assert.equal((await sent(changed({ PlatformID }))).status, 200);
    });
  }

  test('acts for bound merchants only, whatever it asks', async () => {
    const options = { platform: PLATFORM, merchant: MERCHANT_B };
    const { data } = await house.call('GetIssueList', {}, options);
    assert.equal(data.RtnCode, 8900702);
  });
});

test('MerchantID inside Data may be missing or equal, nothing else', async () => {
  for (const inside of [undefined, null, '', 2000132, '2000132']) {
    const { data } = await house.call('GetIssue', { ...QUERY, MerchantID: inside });
    assert.equal(data.RtnCode, 2);
  }
  for (const inside of ['2000933', 1, {}, true]) {
    const { data } = await house.call('GetIssue', { ...QUERY, MerchantID: inside });
    assert.equal(data.RtnCode, 8900701);
  }
});

test('a refusal tells the log why, and nothing of the content', async () => {
  const { notes } = await house.send('GetIssue', changed({ Data: 'AAAA' }));
  assert.equal(notes.transCode, 110);
  assert.match(String(notes.hint), /HashKey/);
  assert(!JSON.stringify(notes).includes(MERCHANT_A.hashKey));
});

test('an unknown action is an HTML page with status 404', () => {
  const reply = ecpay.unknown({
    method: 'POST',
    path: '/B2CInvoice/CheckUnifiedBussinesNo',
    query: '',
    headers: {},
    body: new Uint8Array(),
    ip: '',
    requestId: '',
    note: () => {},
  });
  assert.equal(reply.status, 404);
  assert.match(reply.contentType, /^text\/html/);
});
