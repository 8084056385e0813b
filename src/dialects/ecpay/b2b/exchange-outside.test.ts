/**
 * A partner outside, through XML files alone: each message in each state, taken too early, twice, by the wrong
 * side or from the wrong company; what does not fit changes nothing. The merchant sells first, then buys.
 */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SELLER_A } from '../../../../test/support/demo.ts';
import {
  allowanceNumber,
  allowanceStep,
  allowed,
  type B2bCall,
  invoiceNumber,
  issued,
  MERCHANT_A,
  OUTSIDE,
  partner,
  step,
} from '../../../../test/support/ecpay-b2b-case.ts';
import { onEveryEngine } from '../../../../test/support/engines.ts';
import { ExchangeHouse } from '../../../../test/support/exchange-house.ts';
import type { ExchangeMessage } from '../../../domain/filing.ts';
import { incomingFolder } from '../../../mof/turnkey/read-incoming.ts';

const A = MERCHANT_A;
const SELLER = SELLER_A.ubn;
/** A company that has no part in any of it. */
const STRANGER = '53538851';
const DAY = '20261121';

interface Parties {
  readonly seller: string;
  readonly buyer: string;
}
const SALE: Parties = { seller: SELLER, buyer: OUTSIDE };
const PURCHASE: Parties = { seller: OUTSIDE, buyer: SELLER };

/** Root of each flat message and its members, in MIG 4.1's order: `#` number, `@` day and time. */
const FLAT = {
  A0102: ['InvoiceConfirm', 'InvoiceNumber', 'InvoiceDate', 'Receive', ''],
  A0201: ['CancelInvoice', 'CancelInvoiceNumber', 'InvoiceDate', 'Cancel', 'CancelReason'],
  A0202: ['CancelInvoiceConfirm', 'CancelInvoiceNumber', 'InvoiceDate', 'Cancel', ''],
  A0301: ['RejectInvoice', 'RejectInvoiceNumber', 'InvoiceDate', 'Reject', 'RejectReason'],
  A0302: ['RejectInvoiceConfirm', 'RejectInvoiceNumber', 'InvoiceDate', 'Reject', ''],
  B0102: ['AllowanceConfirm', 'AllowanceNumber', 'AllowanceDate', 'Receive', ''],
  B0201: ['CancelAllowance', 'CancelAllowanceNumber', 'AllowanceDate', 'Cancel', 'CancelReason'],
  B0202: ['CancelAllowanceConfirm', 'CancelAllowanceNumber', 'AllowanceDate', 'Cancel', ''],
} as const;
type Flat = keyof typeof FLAT;

function flat(message: Flat, number: string, { seller, buyer }: Parties): string {
  const [root, named, day, act, reason] = FLAT[message];
  const members: (readonly [string, string])[] = [
    [named, number],
    [day, DAY],
    ['BuyerId', buyer],
    ['SellerId', seller],
    [`${act}Date`, DAY],
    [`${act}Time`, '12:00:00'],
  ];
  if (message.startsWith('B')) members.push(['AllowanceType', '2']);
  if (reason !== '') members.push([reason, '訂單取消']);
  const inner = members.map(([name, value]) => `<${name}>${value}</${name}>`).join('');
  const space = `xmlns="urn:GEINV:eInvoiceMessage:${message}:4.1"`;
  return `<?xml version="1.0" encoding="UTF-8"?><${root} ${space}>${inner}</${root}>`;
}

class OutsideHouse {
  readonly house: ExchangeHouse;
  #files = 0;

  constructor(house: ExchangeHouse) {
    this.house = house;
  }

  /** Lays files down as Turnkey does, has them read once, and tells whether anything changed. */
  async comes(...messages: readonly (readonly [ExchangeMessage, string])[]): Promise<boolean> {
    const before = await this.house.entries();
    const paths = messages.map(([message, xml]) => {
      const folder = incomingFolder(this.house.folder.path, message);
      mkdirSync(folder, { recursive: true });
      this.#files += 1;
      const path = join(folder, `received-${this.#files}.xml`);
      writeFileSync(path, xml);
      return path;
    });
    await this.house.readReceived();
    // What could not be taken would be tried again, and may be later on.
    for (const path of paths) rmSync(path);
    return (await this.house.entries()) !== before;
  }

  numberOf(message: Flat): string {
    const { answers } = this.house;
    return String(message.startsWith('B') ? allowanceNumber(answers) : invoiceNumber(answers));
  }
}

type Given = B2bCall | Flat;

const SOLD = [partner(OUTSIDE, '1'), issued()];
const CONFIRMED: readonly Given[] = [...SOLD, 'A0102'];
const VOID_ASKED: readonly Given[] = [...CONFIRMED, step('Invalid', A)];
const GIVEN_BACK = allowed(2);
const ALLOWED: readonly Given[] = [...CONFIRMED, GIVEN_BACK];
const CANCEL_ASKED: readonly Given[] = [...ALLOWED, 'B0102', allowanceStep('CancelAllowance', A)];

/** Messages of an invoice, and those of its allowance. */
const OF_INVOICE = ['A0102', 'A0201', 'A0202', 'A0301', 'A0302'] as const;
const OF_ALLOWANCE = ['B0102', 'B0201', 'B0202'] as const;

/** States of what the merchant sold, and the messages of its buyer that are taken then. */
const SALES: Readonly<Record<string, readonly [readonly Given[], readonly Flat[]]>> = {
  issued: [SOLD, ['A0102', 'A0301']],
  confirmed: [CONFIRMED, []],
  returned: [[...SOLD, 'A0301'], []],
  'return confirmed': [[...SOLD, 'A0301', step('RejectConfirm', A)], []],
  'void asked': [VOID_ASKED, ['A0202']],
  voided: [[...VOID_ASKED, 'A0202'], []],
  allowed: [ALLOWED, ['B0102']],
  'allowance confirmed': [[...ALLOWED, 'B0102'], []],
  'void of the allowance asked': [CANCEL_ASKED, ['B0202']],
  'void of the unconfirmed allowance asked': [
    [...ALLOWED, allowanceStep('CancelAllowance', A)],
    ['B0102', 'B0202'],
  ],
  'allowance voided': [[...CANCEL_ASKED, 'B0202'], []],
};

/** On PostgreSQL the whole of it in the long form: what is read does not depend on the engine. */
const ENGINES_OF_STATES = process.env.KAILI_TEST_LONG === '1' ? ['sqlite', 'postgres'] : ['sqlite'];

onEveryEngine((open, engine) => {
  describe('a partner outside', () => {
    async function inHouse(run: (house: OutsideHouse) => Promise<void>): Promise<void> {
      const opened = await open();
      const house = await ExchangeHouse.open(opened);
      try {
        await run(new OutsideHouse(house));
      } finally {
        await house.close();
        await opened.remove();
      }
    }

    async function bringTo(outside: OutsideHouse, given: readonly Given[]): Promise<void> {
      for (const each of given) {
        if (typeof each !== 'string') await outside.house.do(each);
        else assert(await outside.comes([each, flat(each, outside.numberOf(each), SALE)]), each);
      }
    }

    const states = ENGINES_OF_STATES.includes(engine) ? Object.entries(SALES) : [];
    for (const [name, [given, taken]] of states) {
      test(`sold, ${name}: what the buyer sends, from whom, and twice`, () =>
        inHouse(async (outside) => {
          await bringTo(outside, given);
          const hasAllowance = given.includes(GIVEN_BACK);
          const messages: readonly Flat[] = hasAllowance
            ? [...OF_INVOICE, ...OF_ALLOWANCE]
            : OF_INVOICE;
          const untimely = messages
            .filter((each) => !taken.includes(each))
            .map((each) => [each, flat(each, outside.numberOf(each), SALE)] as const);
          assert.equal(await outside.comes(...untimely), false, 'untimely ones');
          const wrong = messages.flatMap((each) => {
            const number = outside.numberOf(each);
            const none = each.startsWith('B') ? 'NONE' : 'ZZ00000000';
            return [
              [each, flat(each, number, { ...SALE, buyer: STRANGER })] as const,
              [each, flat(each, number, PURCHASE)] as const,
              [each, flat(each, none, SALE)] as const,
            ];
          });
          assert.equal(
            await outside.comes(...wrong),
            false,
            'a stranger’s, reversed ones, unknown ones',
          );
          for (const message of taken) {
            const sent = [message, flat(message, outside.numberOf(message), SALE)] as const;
            assert.equal(await outside.comes(sent), true, `${message} is taken`);
            assert.equal(await outside.comes(sent), false, `${message} is taken once`);
            // Confirmed, an invoice is not returned any more; `returned` begins with the other.
            if (name === 'issued') return;
          }
        }));
    }

    /** The merchant's own message with the parties changed about, under another number. */
    async function bought(outside: OutsideHouse): Promise<{ invoice: string; allowance: string }> {
      const { house } = outside;
      await house.do(partner(OUTSIDE, '1'));
      await house.do(issued());
      await house.settle();
      await house.do(allowed(2));
      await house.settle();
      const own = {
        number: String(invoiceNumber(house.answers)),
        allowance: String(allowanceNumber(house.answers)),
      };
      const [invoice = '', allowance = ''] = ['A0101', 'B0101'].map((kind) =>
        (house.sent().find((each) => each.kind === kind)?.xml ?? assert.fail(kind))
          .replaceAll(SELLER, 'SWAP')
          .replaceAll(OUTSIDE, SELLER)
          .replaceAll('SWAP', OUTSIDE)
          .replaceAll(own.number, 'ZB12345678')
          .replaceAll(own.allowance, 'ALW0000001'),
      );
      return { invoice, allowance };
    }
    const BOUGHT = { InvoiceNumber: 'ZB12345678', InvoiceDate: '2026-11-21' };
    const GIVEN = { AllowanceNo: 'ALW0000001' };
    const incoming = (message: Flat) =>
      flat(message, message.startsWith('B') ? GIVEN.AllowanceNo : BOUGHT.InvoiceNumber, PURCHASE);

    test('bought: confirmed, allowed, all of it voided, by the seller’s messages and the buyer’s calls', () =>
      inHouse(async (outside) => {
        const { house } = outside;
        const { invoice, allowance } = await bought(outside);
        const ask = async (action: string, data: object) =>
          (await house.ask({ action, data: { ...data, Reason: '錯' } })).RtnCode;
        assert.equal(await ask('IssueConfirm', BOUGHT), 6070004);
        assert.equal(await outside.comes(['A0302', incoming('A0302')]), false);
        assert.equal(await outside.comes(['A0201', incoming('A0201')]), false);
        assert.equal(await outside.comes(['A0101', invoice]), true);
        assert.equal(await outside.comes(['A0101', invoice]), false);
        assert.equal(await ask('InvalidConfirm', BOUGHT), 8970705);
        assert.equal(await ask('Invalid', BOUGHT), 8990704);
        assert.equal(await ask('RejectConfirm', BOUGHT), 8970706);
        assert.equal(await ask('IssueConfirm', BOUGHT), 1);
        assert.equal(await ask('IssueConfirm', BOUGHT), 8970705);
        assert.equal(await ask('Reject', BOUGHT), 8970707);
        assert.equal(await ask('AllowanceConfirm', GIVEN), 8980712);
        assert.equal(await outside.comes(['B0101', allowance]), true);
        assert.equal(await outside.comes(['B0101', allowance]), false);
        assert.equal(await ask('CancelAllowanceConfirm', GIVEN), 8970705);
        assert.equal(await ask('CancelAllowance', GIVEN), 8990704);
        assert.equal(await ask('AllowanceConfirm', GIVEN), 1);
        assert.equal(await outside.comes(['B0201', incoming('B0201')]), true);
        assert.equal(await outside.comes(['B0201', incoming('B0201')]), false);
        assert.equal(await ask('CancelAllowanceConfirm', GIVEN), 1);
        assert.equal(await ask('CancelAllowanceConfirm', GIVEN), 8970705);
        assert.equal(await outside.comes(['A0201', incoming('A0201')]), true);
        assert.equal(await ask('InvalidConfirm', BOUGHT), 1);
        const shown = await house.ask({
          action: 'GetIssue',
          data: { InvoiceCategory: 1, ...BOUGHT },
        });
        const { Invalid_Status, BalanceAmount, ExchangeStatus } = Object(shown.RtnData);
        assert.deepEqual([Invalid_Status, BalanceAmount, ExchangeStatus], [1, 1000, 1]);
      }));

    test('bought: returned by a call, confirmed by the seller’s message, and by it alone', () =>
      inHouse(async (outside) => {
        const { house } = outside;
        const { invoice } = await bought(outside);
        assert.equal(await outside.comes(['A0101', invoice]), true);
        assert.equal(await outside.comes(['A0302', incoming('A0302')]), false);
        await house.do({ action: 'Reject', data: { ...BOUGHT, Reason: '規格不符' } });
        assert.equal((await house.ask({ action: 'RejectConfirm', data: BOUGHT })).RtnCode, 8970706);
        const strange = flat('A0302', BOUGHT.InvoiceNumber, { ...PURCHASE, seller: STRANGER });
        assert.equal(await outside.comes(['A0302', strange]), false);
        assert.equal(await outside.comes(['A0302', incoming('A0302')]), true);
        assert.equal(await outside.comes(['A0302', incoming('A0302')]), false);
        const shown = await house.ask({
          action: 'GetIssue',
          data: { InvoiceCategory: 1, ...BOUGHT },
        });
        assert.equal(Object(shown.RtnData).Issue_Status, 0);
      }));
  });
});
