/**
 * The exchange from end to end, on both engines: two merchants of one center over the wire, and a partner
 * outside through XML files, with the real outbox and the simulated Ministry around the ledger. Every
 * message that goes out passes Kaili's tables, the Ministry's schemas where present, and the platform.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SELLER_A } from '../../../../test/support/demo.ts';
import {
  allowanceStep,
  allowed,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  issued,
  items,
  MERCHANT_A,
  MERCHANT_B,
  OUTSIDE,
  partner,
  STORED,
  step,
} from '../../../../test/support/ecpay-b2b-case.ts';
import { onEveryEngine } from '../../../../test/support/engines.ts';
import { assertAllWell, ExchangeHouse } from '../../../../test/support/exchange-house.ts';
import { incomingFolder } from '../../../mof/turnkey/read-incoming.ts';

const A = MERCHANT_A;
const B = MERCHANT_B;

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

    test('one allowance on two invoices, with half dollars, is seen alike on both sides', () =>
      inHouse(async (house) => {
        await house.do(EXCHANGED);
        const half = { SalesAmount: 11, TaxAmount: 1, TotalAmount: 12 };
        const Items = items(['螺絲', 1, 10.5]);
        await house.do(exchanged({ ...half, Items }));
        await house.do(exchanged({ ...half, Items, RelateNumber: 'second' }));
        const numbers = [1, 2].map((at) => invoiceNumber(house.answers, at));
        const named = (at: number) => ({ InvoiceNumber: numbers[at], InvoiceDate: '2026-11-21' });
        for (const at of [0, 1]) await house.do({ action: 'IssueConfirm', by: B, data: named(at) });
        const detail = (number: unknown) => ({
          ...{ OriginalInvoiceNumber: number, OriginalInvoiceDate: '2026-11-21' },
          ...{ OriginalSequenceNumber: 1, ItemName: '螺絲' },
          ...{ ItemCount: 1, ItemPrice: 10.5, ItemAmount: 10.5 },
        });
        const Details = numbers.map(detail);
        await house.do({ action: 'Allowance', data: { TaxAmount: 1, TotalAmount: 21, Details } });
        await house.do(allowanceStep('AllowanceConfirm', B));
        for (const [at, left] of [0, 1].entries()) {
          for (const [by, InvoiceCategory] of [
            [A, 0],
            [B, 1],
          ] as const) {
            const call = { action: 'GetIssue', by, data: { InvoiceCategory, ...named(at) } };
            const { RtnData } = await house.ask(call);
            assert.equal(Object(RtnData).BalanceAmount, left, `${by.id} ${numbers[at]}`);
          }
        }
        await house.settle();
        const [given] = house.sent().filter(({ kind }) => kind === 'B0101');
        const amounts = [...(given?.xml.matchAll(/<Amount>(\d+)<\/Amount>/g) ?? [])];
        assert.deepEqual(
          amounts.map(([, amount]) => amount),
          ['11', '10'],
        );
        await assertAllWell(house, house.sent());
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
