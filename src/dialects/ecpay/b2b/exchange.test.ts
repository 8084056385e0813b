/**
 * The exchange from end to end, on both engines: two merchants of one center over the wire, and a partner
 * outside through XML files, with the real outbox and the simulated Ministry around the ledger. Every
 * message that goes out passes Kaili's tables, the Ministry's schemas where present, and the platform.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SELLER_A, SELLER_B } from '../../../../test/support/demo.ts';
import {
  allowanceStep,
  allowed,
  type B2bCall,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  issued,
  MERCHANT_A,
  MERCHANT_B,
  OUTSIDE,
  partner,
  queried,
  STORED,
  step,
} from '../../../../test/support/ecpay-b2b-case.ts';
import type { Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';
import { type OpenedStore, onEveryEngine } from '../../../../test/support/engines.ts';
import { checkAllAgainstSchema } from '../../../../test/support/mig-schema.ts';
import {
  accountsOf,
  BY_HAND,
  KeptLog,
  temporaryFolder,
} from '../../../../test/support/mof-house.ts';
import { referenceFolder } from '../../../../test/support/reference.ts';
import { verifyJournal } from '../../../ledger/verify.ts';
import { MESSAGE_TABLES } from '../../../mof/mig/message-tables.ts';
import { readChecked } from '../../../mof/mig/read-message.ts';
import { startSimulator } from '../../../mof/simulator/simulator.ts';
import { startOutbox } from '../../../mof/turnkey/outbox.ts';
import { incomingFolder } from '../../../mof/turnkey/read-incoming.ts';

const A = MERCHANT_A;
const B = MERCHANT_B;

/** Two merchants, the outbox and the simulated Ministry; nothing ticks by itself. */
class ExchangeHouse {
  readonly house: EcpayHouse;
  readonly log = new KeptLog();
  readonly folder = temporaryFolder();
  readonly answers: Members[] = [];
  #second = 30;

  private constructor(house: EcpayHouse) {
    this.house = house;
  }

  static async open(opened: OpenedStore): Promise<ExchangeHouse> {
    const segments = [{ code: '', category: 'b2b', count: 100 }] as const;
    return new ExchangeHouse(await openEcpayHouse({ segments, opened }));
  }

  /** A call that must be answered 1, kept for the calls after it. */
  async do(call: B2bCall): Promise<Members> {
    const answer = await this.ask(call);
    assert.equal(Number(answer.RtnCode), 1, `${call.action}: ${JSON.stringify(answer)}`);
    this.answers.push(answer);
    return answer;
  }

  async ask(call: B2bCall): Promise<Members> {
    this.#second += 1;
    this.house.clock.set(
      `2026-11-21 10:${20 + Math.floor(this.#second / 60)}:${String(this.#second % 60).padStart(2, '0')}`,
    );
    const merchant = call.by ?? A;
    const data = typeof call.data === 'function' ? call.data(this.answers) : call.data;
    return (await this.house.call(`B2B/${call.action}`, data, { merchant })).data;
  }

  async shown(by = A): Promise<Members> {
    const { RtnData } = await this.ask(queried('GetIssue', by));
    assert(typeof RtnData === 'object' && RtnData !== null);
    return Object.fromEntries(Object.entries(RtnData));
  }

  /** Rounds of outbox and Ministry until nothing is on its way any more. */
  async settle(): Promise<void> {
    const { ledger, clock } = this.house;
    const shared = { clock, log: this.log, folder: this.folder.path, schedule: BY_HAND };
    const isHere = (id: string) => id === SELLER_A.ubn || id === SELLER_B.ubn;
    const outbox = await startOutbox({
      ...shared,
      ledger,
      accounts: accountsOf([SELLER_A, SELLER_B]),
    });
    const simulator = await startSimulator({ ...shared, answerAfterMs: 0, isHere });
    for (let round = 0; round < 30; round += 1) {
      await outbox.tick();
      await simulator.tick();
    }
    await outbox.tick();
    await outbox.stop();
    await simulator.stop();
  }

  /** Messages that Turnkey took, by kind. */
  sent(): readonly { readonly kind: string; readonly xml: string }[] {
    const root = join(this.folder.path, 'UpCast', 'B2BEXCHANGE');
    return filesBelow(root)
      .filter((path) => path.includes('/BAK/'))
      .map((path) => ({
        kind: path.slice(root.length + 1, root.length + 6),
        xml: readFileSync(path, 'utf8'),
      }));
  }

  async close(): Promise<void> {
    this.folder.remove();
    await this.house.close();
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Everything filed is confirmed, every message well-formed, the journals whole. */
async function assertAllWell(
  { house, log }: ExchangeHouse,
  sent: ReturnType<ExchangeHouse['sent']>,
): Promise<void> {
  const { items } = await house.ledger.reads.listFilings({}, 0, 100);
  assert.deepEqual(
    items
      .filter(({ state }) => state !== 'confirmed')
      .map(({ message, state, holds, resultCode, resultText }) => ({
        message,
        state,
        holds,
        resultCode,
        resultText,
      })),
    [],
  );
  assert.deepEqual(log.errors(), []);
  for (const { kind, xml } of sent) {
    const table = Object.entries(MESSAGE_TABLES).find(([name]) => name === kind)?.[1];
    assert(table !== undefined);
    const read = readChecked(table, xml);
    assert(read.ok, JSON.stringify(read));
  }
  if (referenceFolder() !== null) {
    const errors = await checkAllAgainstSchema(sent.map(({ xml }) => xml));
    assert.deepEqual(errors.flat(), []);
  }
  const { breaks } = await verifyJournal(house.ledger.reads, [SELLER_A.ubn, SELLER_B.ubn]);
  assert.deepEqual(breaks, []);
}

onEveryEngine((open) => {
  describe('exchange', () => {
    async function inHouse(run: (house: ExchangeHouse) => Promise<void>): Promise<void> {
      const opened = await open();
      const house = await ExchangeHouse.open(opened);
      try {
        await run(house);
      } finally {
        await house.close();
        await opened.remove();
      }
    }

    test('two merchants: issue, allowance, its void, the void, each confirmed', () =>
      inHouse(async (house) => {
        await house.do(EXCHANGED);
        await house.do(exchanged());
        await house.do(step('IssueConfirm', B));
        await house.do(allowed(2));
        await house.do(allowanceStep('AllowanceConfirm', B));
        assert.equal((await house.ask(step('Invalid', A))).RtnCode, 8970702);
        await house.do(allowanceStep('CancelAllowance', A));
        // Not in force before it is confirmed.
        assert.equal((await house.shown()).BalanceAmount, 800);
        assert.equal((await house.ask(step('Invalid', A))).RtnCode, 8970702);
        await house.do(allowanceStep('CancelAllowanceConfirm', B));
        await house.do(step('Invalid', A));
        assert.equal((await house.shown()).Invalid_Status, 0);
        await house.do(step('InvalidConfirm', B));
        for (const by of [A, B]) {
          const shown = await house.shown(by);
          assert.equal(shown.Invalid_Status, 1);
          assert.equal(shown.BalanceAmount, 1000);
        }
        await house.settle();
        const sent = house.sent();
        assert.deepEqual(sent.map(({ kind }) => kind).sort(), [
          'A0101',
          'A0102',
          'A0201',
          'A0202',
          'B0101',
          'B0102',
          'B0201',
          'B0202',
        ]);
        await assertAllWell(house, sent);
      }));

    test('two merchants: issue, return, confirmation; nothing is done with it afterwards', () =>
      inHouse(async (house) => {
        await house.do(EXCHANGED);
        await house.do(exchanged());
        await house.do(step('Reject', B));
        assert.equal((await house.shown()).Issue_Status, 1);
        await house.do(step('RejectConfirm', A));
        for (const by of [A, B]) assert.equal((await house.shown(by)).Issue_Status, 0);
        assert.equal((await house.ask(step('Invalid', A))).RtnCode, 8970708);
        assert.equal((await house.ask(allowed(1))).RtnCode, 8970708);
        assert.equal((await house.ask(step('RejectConfirm', A))).RtnCode, 8970705);
        await house.settle();
        const sent = house.sent();
        assert.deepEqual(sent.map(({ kind }) => kind).sort(), ['A0101', 'A0301', 'A0302']);
        await assertAllWell(house, sent);
      }));

    test('a partner outside confirms everything, through files alone', () =>
      inHouse(async (house) => {
        await house.do(partner(OUTSIDE, '1'));
        await house.do(issued());
        assert.equal((await house.ask(step('Invalid', A))).RtnCode, 8970703);
        await house.settle();
        assert.equal((await house.shown()).ExchangeStatus, 1);
        await house.do(allowed(2));
        await house.settle();
        await house.do(allowanceStep('CancelAllowance', A));
        await house.settle();
        await house.do(step('Invalid', A));
        assert.equal((await house.shown()).Invalid_Status, 0);
        await house.settle();
        assert.equal((await house.shown()).Invalid_Status, 1);
        await assertAllWell(house, house.sent());
        assert.deepEqual(
          house
            .sent()
            .map(({ kind }) => kind)
            .sort(),
          ['A0101', 'A0201', 'B0101', 'B0201'],
        );
      }));

    test('a partner outside returns an invoice whose remark says so; the seller confirms', () =>
      inHouse(async (house) => {
        await house.do(partner(OUTSIDE, '1'));
        await house.do(issued({ InvoiceRemark: '請退回' }));
        await house.settle();
        await house.do(step('RejectConfirm', A));
        assert.equal((await house.shown()).Issue_Status, 0);
        await house.settle();
        await assertAllWell(house, house.sent());
      }));

    test('an invoice from outside is a purchase: confirmed by call, once however often it comes', () =>
      inHouse(async (house) => {
        await house.do(partner(OUTSIDE, '1'));
        await house.do(issued());
        await house.settle();
        // The same message with the parties changed about: A buys what the outsider sells.
        const own = house.sent().find(({ kind }) => kind === 'A0101')?.xml ?? assert.fail();
        const incoming = own
          .replaceAll(SELLER_A.ubn, 'SWAP')
          .replaceAll(OUTSIDE, SELLER_A.ubn)
          .replaceAll('SWAP', OUTSIDE)
          .replace(String(invoiceNumber(house.answers)), 'ZB12345678');
        const folder = incomingFolder(house.folder.path, 'A0101');
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'one.xml'), incoming);
        writeFileSync(join(folder, 'again.xml'), incoming);
        await house.settle();
        const bought = { InvoiceNumber: 'ZB12345678', InvoiceDate: '2026-11-21' };
        const found = await house.ask({
          action: 'GetIssue',
          data: { InvoiceCategory: 1, ...bought },
        });
        assert.equal(found.RtnCode, '1');
        assert.equal((await house.ask({ action: 'IssueConfirm', data: bought })).RtnCode, 1);
        assert.equal((await house.ask({ action: 'IssueConfirm', data: bought })).RtnCode, 8970705);
      }));

    test('hostile files change nothing and stop nobody', () =>
      inHouse(async (house) => {
        await house.do(partner(OUTSIDE, '1'));
        const folder = incomingFolder(house.folder.path, 'A0102');
        mkdirSync(folder, { recursive: true });
        const bomb = '<!DOCTYPE x [<!ENTITY a "b">]><InvoiceConfirm>&a;</InvoiceConfirm>';
        writeFileSync(join(folder, 'bomb.xml'), bomb);
        writeFileSync(join(folder, 'bytes.xml'), new Uint8Array([0xff, 0xfe, 0x00]));
        writeFileSync(join(folder, 'empty.xml'), '<InvoiceConfirm/>');
        const forged = `<?xml version="1.0"?><InvoiceConfirm xmlns="urn:GEINV:eInvoiceMessage:A0102:4.1"><InvoiceNumber>ZB12345678</InvoiceNumber><InvoiceDate>20261121</InvoiceDate><BuyerId>${OUTSIDE}</BuyerId><SellerId>${SELLER_A.ubn}</SellerId><ReceiveDate>20261121</ReceiveDate><ReceiveTime>10:00:00</ReceiveTime></InvoiceConfirm>`;
        writeFileSync(join(folder, 'forged.xml'), forged);
        await house.do(issued());
        await house.settle();
        assert.equal((await house.shown()).ExchangeStatus, 1);
      }));

    test('storage mode: issue, allowance, their voids, and a reissue reach the Ministry', () =>
      inHouse(async (house) => {
        await house.do(STORED);
        await house.do(issued());
        await house.do(allowed(2));
        await house.do(allowanceStep('CancelAllowance', A));
        await house.do(step('Invalid', A, { Remark: '備註' }));
        await house.settle();
        await assertAllWell(house, house.sent());
        const { items } = await house.house.ledger.reads.listFilings({}, 0, 100);
        assert.deepEqual(
          items.map(({ message }) => message),
          ['F0401', 'G0401', 'G0501', 'F0501'],
        );
      }));
  });
});
