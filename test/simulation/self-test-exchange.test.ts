/**
 * The Ministry's self-test for exchange messages (MOF self-test form V4.8.1), its 14 cases from end to end, on both
 * engines: ECPay's B2B call, ledger, outbox, Turnkey's folders, the platform, its results and the partner's messages,
 * and the states as the wire shows them. Three ways, as trade is: two merchants of one center; a partner
 * outside who buys and answers; one outside who sells, through a Turnkey of its own.
 *
 * ECPay voids nothing that the buyer has not confirmed (ECPay B2B API, exchange mode), so cases 5, 7, 12 and 14 go the third
 * way: the seller outside voids before we confirm.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SELLER_A } from '../support/demo.ts';
import {
  MERCHANT_A as A,
  allowanceStep,
  allowed,
  MERCHANT_B as B,
  type B2bCall,
  EXCHANGED,
  exchanged,
  issued,
  OUTSIDE,
  partner,
  queried,
  step,
} from '../support/ecpay-b2b-case.ts';
import type { Members } from '../support/ecpay-bytes.ts';
import { onEveryEngine } from '../support/engines.ts';
import { assertAllWell, ExchangeHouse } from '../support/exchange-house.ts';

/** A call, the message that it files, and the query that shows what became of it to who called. */
interface Step {
  readonly call: B2bCall;
  readonly files: string;
  readonly shows: B2bCall;
}

const ISSUE: Step = { call: exchanged(), files: 'A0101', shows: queried('GetIssue', A) };
const CONFIRM = invoiceStep('IssueConfirm', B, 'A0102');
const RETURN = invoiceStep('Reject', B, 'A0301');
const CONFIRM_RETURN = invoiceStep('RejectConfirm', A, 'A0302');
const VOID = invoiceStep('Invalid', A, 'A0201');
const CONFIRM_VOID = invoiceStep('InvalidConfirm', B, 'A0202');
const ALLOW: Step = { call: allowed(2), files: 'B0101', shows: allowanceStep('GetAllowance', A) };
const CONFIRM_ALLOWANCE = allowanceStepOf('AllowanceConfirm', 'GetAllowanceConfirm', B, 'B0102');
const VOID_ALLOWANCE = allowanceStepOf('CancelAllowance', 'GetAllowanceInvalid', A, 'B0201');
const CONFIRM_ALLOWANCE_VOID = allowanceStepOf(
  ...(['CancelAllowanceConfirm', 'GetAllowanceInvalidConfirm', B, 'B0202'] as const),
);

function invoiceStep(action: string, by: typeof A, files: string): Step {
  return { call: step(action, by), files, shows: queried(`Get${action}`, by) };
}
function allowanceStepOf(action: string, query: string, by: typeof A, files: string): Step {
  return { call: allowanceStep(action, by), files, shows: allowanceStep(query, by) };
}

const BOTH_HERE: Readonly<Record<string, readonly Step[]>> = {
  '1 A0101: issue': [ISSUE],
  '2 A0102: issue, confirm': [ISSUE, CONFIRM],
  '3 A0301: issue, return': [ISSUE, RETURN],
  '4 A0302: issue, return, confirm the return': [ISSUE, RETURN, CONFIRM_RETURN],
  '6 A0201 (2): issue, confirm, void': [ISSUE, CONFIRM, VOID],
  '8 A0202 (2): issue, confirm, void, confirm the void': [ISSUE, CONFIRM, VOID, CONFIRM_VOID],
  '9 B0101: allowance': [ISSUE, CONFIRM, ALLOW],
  '10 B0102: allowance, confirm': [ISSUE, CONFIRM, ALLOW, CONFIRM_ALLOWANCE],
  '11 B0201 (1): allowance, confirm, void it': [
    ...[ISSUE, CONFIRM, ALLOW, CONFIRM_ALLOWANCE, VOID_ALLOWANCE],
  ],
  '13 B0202 (1): allowance, confirm, void it, confirm that': [
    ...[ISSUE, CONFIRM, ALLOW, CONFIRM_ALLOWANCE, VOID_ALLOWANCE, CONFIRM_ALLOWANCE_VOID],
  ],
};

/** Cases with a buyer outside: what we do, what the buyer answers by itself. */
const QUIET = { Remark: '不回覆' };
const OUTSIDE_BUYS: Readonly<
  Record<string, { readonly steps: readonly Step[]; readonly answers: readonly string[] }>
> = {
  '1 A0101: issue': { steps: [sold({ InvoiceRemark: '不回覆' })], answers: [] },
  '2 A0102: issue, confirm': { steps: [sold()], answers: ['A0102'] },
  '3 A0301: issue, return': { steps: [sold({ InvoiceRemark: '請退回' })], answers: ['A0301'] },
  '4 A0302: issue, return, confirm the return': {
    steps: [sold({ InvoiceRemark: '請退回' }), CONFIRM_RETURN],
    answers: ['A0301'],
  },
  '6 A0201 (2): issue, confirm, void': {
    steps: [sold(), { ...VOID, call: step('Invalid', A, QUIET) }],
    answers: ['A0102'],
  },
  '8 A0202 (2): issue, confirm, void, confirm the void': {
    steps: [sold(), VOID],
    answers: ['A0102', 'A0202'],
  },
  '9, 10 B0101, B0102: allowance, confirm': { steps: [sold(), ALLOW], answers: ['A0102', 'B0102'] },
  '11 B0201 (1): allowance, confirm, void it': {
    steps: [sold(), ALLOW, { ...VOID_ALLOWANCE, call: allowanceStep('CancelAllowance', A, QUIET) }],
    answers: ['A0102', 'B0102'],
  },
  '13 B0202 (1): allowance, confirm, void it, confirm that': {
    steps: [sold(), ALLOW, VOID_ALLOWANCE],
    answers: ['A0102', 'B0102', 'B0202'],
  },
};

function sold(changes: Members = {}): Step {
  return { ...ISSUE, call: issued(changes) };
}

/** Messages of the seller outside, written here by hand from MIG 4.1. */
const NUMBER = 'ZB12345678';
const ALLOWANCE = 'ZB-ALW-1';
const PARTIES = `<BuyerId>${SELLER_A.ubn}</BuyerId><SellerId>${OUTSIDE}</SellerId>`;
const PARTY_BLOCKS = `<Seller><Identifier>${OUTSIDE}</Identifier><Name>範例股份有限公司</Name><Address>臺北市示範路3號</Address></Seller><Buyer><Identifier>${SELLER_A.ubn}</Identifier><Name>示範商店</Name></Buyer>`;
const BY_SELLER: Readonly<Record<string, string>> = {
  A0101: message(
    ...['A0101', 'Invoice'],
    `<Main><InvoiceNumber>${NUMBER}</InvoiceNumber><InvoiceDate>20261121</InvoiceDate><InvoiceTime>10:00:00</InvoiceTime>${PARTY_BLOCKS}<InvoiceType>07</InvoiceType><DonateMark>0</DonateMark></Main><Details><ProductItem><Description>顧問服務</Description><Quantity>10</Quantity><UnitPrice>100</UnitPrice><TaxType>1</TaxType><Amount>1000</Amount><SequenceNumber>001</SequenceNumber></ProductItem></Details><Amount><SalesAmount>1000</SalesAmount><TaxType>1</TaxType><TaxRate>0.05</TaxRate><TaxAmount>50</TaxAmount><TotalAmount>1050</TotalAmount></Amount>`,
  ),
  A0201: message(
    ...['A0201', 'CancelInvoice'],
    `<CancelInvoiceNumber>${NUMBER}</CancelInvoiceNumber><InvoiceDate>20261121</InvoiceDate>${PARTIES}<CancelDate>20261121</CancelDate><CancelTime>10:05:00</CancelTime><CancelReason>訂單取消</CancelReason>`,
  ),
  A0302: message(
    ...['A0302', 'RejectInvoiceConfirm'],
    `<RejectInvoiceNumber>${NUMBER}</RejectInvoiceNumber><InvoiceDate>20261121</InvoiceDate>${PARTIES}<RejectDate>20261121</RejectDate><RejectTime>10:30:00</RejectTime>`,
  ),
  B0101: message(
    ...['B0101', 'Allowance'],
    `<Main><AllowanceNumber>${ALLOWANCE}</AllowanceNumber><AllowanceDate>20261121</AllowanceDate>${PARTY_BLOCKS}<AllowanceType>2</AllowanceType></Main><Details><ProductItem><OriginalInvoiceDate>20261121</OriginalInvoiceDate><OriginalInvoiceNumber>${NUMBER}</OriginalInvoiceNumber><OriginalDescription>顧問服務</OriginalDescription><Quantity>2</Quantity><UnitPrice>100</UnitPrice><Amount>200</Amount><Tax>10</Tax><AllowanceSequenceNumber>1</AllowanceSequenceNumber><TaxType>1</TaxType></ProductItem></Details><Amount><TaxAmount>10</TaxAmount><TotalAmount>200</TotalAmount></Amount>`,
  ),
  B0201: message(
    ...['B0201', 'CancelAllowance'],
    `<CancelAllowanceNumber>${ALLOWANCE}</CancelAllowanceNumber><AllowanceDate>20261121</AllowanceDate>${PARTIES}<CancelDate>20261121</CancelDate><CancelTime>10:06:00</CancelTime><AllowanceType>2</AllowanceType><CancelReason>折讓有誤</CancelReason>`,
  ),
};

function message(...[kind = '', root = '', inner = '']: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="urn:GEINV:eInvoiceMessage:${kind}:4.1">${inner}</${root}>\n`;
}

const BOUGHT = { InvoiceNumber: NUMBER, InvoiceDate: '2026-11-21' };
const CREDITED = { AllowanceNo: ALLOWANCE };
function ours(action: string, data: Members, files: string, query: string): Step {
  const of = 'InvoiceNumber' in data ? { InvoiceCategory: 1 } : {};
  return { call: { action, data }, files, shows: { action: query, data: { ...of, ...data } } };
}
const WE_CONFIRM = ours('IssueConfirm', BOUGHT, 'A0102', 'GetIssueConfirm');
const WE_CONFIRM_VOID = ours('InvalidConfirm', BOUGHT, 'A0202', 'GetInvalidConfirm');
const WE_RETURN = ours('Reject', { ...BOUGHT, Reason: '貨品不符' }, 'A0301', 'GetReject');
const WE_CONFIRM_ALLOWANCE = ours('AllowanceConfirm', CREDITED, 'B0102', 'GetAllowanceConfirm');
const WE_CONFIRM_ALLOWANCE_VOID = ours(
  ...(['CancelAllowanceConfirm', CREDITED, 'B0202', 'GetAllowanceInvalidConfirm'] as const),
);

/** In turn: a message that the seller outside sends, or a step of ours. */
const OUTSIDE_SELLS: Readonly<Record<string, readonly (string | Step)[]>> = {
  '2 A0102: issue, confirm': ['A0101', WE_CONFIRM],
  '3 A0301: issue, return': ['A0101', WE_RETURN],
  '4 A0302: issue, return, confirm the return': ['A0101', WE_RETURN, 'A0302'],
  '5 A0201 (1): issue, void': ['A0101', 'A0201'],
  '7 A0202 (1): issue, void, confirm the void': ['A0101', 'A0201', WE_CONFIRM_VOID],
  '8 A0202 (2): issue, confirm, void, confirm the void': [
    ...['A0101', WE_CONFIRM, 'A0201', WE_CONFIRM_VOID],
  ],
  '10 B0102: allowance, confirm': ['A0101', WE_CONFIRM, 'B0101', WE_CONFIRM_ALLOWANCE],
  '12 B0201 (2): allowance, void it': ['A0101', WE_CONFIRM, 'B0101', 'B0201'],
  '13 B0202 (1): allowance, confirm, void it, confirm that': [
    ...['A0101', WE_CONFIRM, 'B0101', WE_CONFIRM_ALLOWANCE, 'B0201', WE_CONFIRM_ALLOWANCE_VOID],
  ],
  '14 B0202 (2): allowance, void it, confirm that': [
    ...['A0101', WE_CONFIRM, 'B0101', 'B0201', WE_CONFIRM_ALLOWANCE_VOID],
  ],
};

/** Calls, lets everything reach its end, and asks the wire what became of the message. */
async function take(house: ExchangeHouse, { call, files, shows }: Step): Promise<Members> {
  await house.do(call);
  await house.settle();
  const answer = await house.ask(shows);
  assert.equal(Number(answer.RtnCode), 1, `${shows.action}: ${JSON.stringify(answer)}`);
  const { RtnData } = answer;
  assert(typeof RtnData === 'object' && RtnData !== null);
  const shown: Members = Object.fromEntries(Object.entries(RtnData));
  assert.equal(Number(shown.Upload_Status), 1, `${files}: ${JSON.stringify(shown)}`);
  return shown;
}

function sent(house: ExchangeHouse): readonly string[] {
  return house
    .sent()
    .map(({ kind }) => kind)
    .sort();
}

onEveryEngine((open) => {
  function inHouse(run: (house: ExchangeHouse) => Promise<void>): () => Promise<void> {
    return async () => {
      const opened = await open();
      const house = await ExchangeHouse.open(opened);
      try {
        await run(house);
        await assertAllWell(house, house.sent());
      } finally {
        await house.close();
        await opened.remove();
      }
    };
  }

  describe('two merchants here', () => {
    for (const [name, steps] of Object.entries(BOTH_HERE)) {
      test(
        `case ${name}`,
        inHouse(async (house) => {
          await house.do(EXCHANGED);
          for (const each of steps) await take(house, each);
          assert.deepEqual(sent(house), steps.map(({ files }) => files).sort());
          assert.deepEqual(house.received(), [], 'nothing comes back to where it is from');
        }),
      );
    }
  });

  describe('a buyer outside', () => {
    for (const [name, { steps, answers }] of Object.entries(OUTSIDE_BUYS)) {
      test(
        `case ${name}`,
        inHouse(async (house) => {
          await house.do(partner(OUTSIDE, '1'));
          for (const each of steps) await take(house, each);
          assert.deepEqual(sent(house), steps.map(({ files }) => files).sort());
          assert.deepEqual(house.received(), answers.toSorted());
          const shown = await house.shown();
          assert.equal(shown.ExchangeStatus, answers.includes('A0102') ? 1 : 0);
          assert.equal(shown.Issue_Status, steps.includes(CONFIRM_RETURN) ? 0 : 1);
          assert.equal(shown.Invalid_Status, answers.includes('A0202') ? 1 : 0);
          const isVoidedAllowance = answers.includes('B0202');
          const hasAllowance = steps.includes(ALLOW);
          assert.equal(shown.BalanceAmount, hasAllowance && !isVoidedAllowance ? 800 : 1000);
        }),
      );
    }
  });

  describe('a seller outside', () => {
    for (const [name, turns] of Object.entries(OUTSIDE_SELLS)) {
      test(
        `case ${name}`,
        inHouse(async (house) => {
          await house.do(partner(OUTSIDE, '1'));
          const brought: string[] = [];
          for (const turn of turns) {
            if (typeof turn === 'string') {
              house.bring(turn, BY_SELLER[turn] ?? assert.fail(turn));
              brought.push(turn);
              await house.settle();
            } else await take(house, turn);
          }
          assert.deepEqual(
            house.partnerCodes(),
            brought.map(() => '00000'),
          );
          assert.deepEqual(house.received(), brought.toSorted());
          const files = turns.flatMap((turn) => (typeof turn === 'string' ? [] : [turn.files]));
          assert.deepEqual(sent(house), files.toSorted());
          const voided = await house.ask({
            ...{ action: 'GetInvalid', data: { InvoiceCategory: 1, ...BOUGHT } },
          });
          assert.equal(Number(voided.RtnCode) === 1, brought.includes('A0201'));
          const credit = await house.ask({ action: 'GetAllowanceInvalid', data: CREDITED });
          assert.equal(Number(credit.RtnCode) === 1, brought.includes('B0201'));
        }),
      );
    }

    test(
      'what is out of turn, or not the partner’s to send, the platform refuses, and nothing arrives',
      inHouse(async (house) => {
        await house.do(partner(OUTSIDE, '1'));
        house.bring('A0201', BY_SELLER.A0201 ?? '');
        await house.settle();
        house.bring('A0101', (BY_SELLER.A0101 ?? '').replaceAll(OUTSIDE, '22222229'));
        await house.settle();
        house.bring('B0101', '<Allowance/>');
        await house.settle();
        assert.deepEqual(house.partnerCodes().toSorted(), ['E0110', 'E0202']);
        assert.deepEqual(house.received(), []);
      }),
    );
  });
});
