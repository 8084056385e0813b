/** Delayed issue of the ECPay B2C API, case by case. */
import { taipeiDateTime } from '../../src/domain/taipei.ts';
import { accepted } from './demo.ts';
import { type Case, type CaseCall, issued, ORDER, order } from './ecpay-b2c-case.ts';
import type { Members } from './ecpay-bytes.ts';
import type { EcpayHouse } from './ecpay-house.ts';

const TSR = 'TSR20261121001';
const DELAY: Members = {
  DelayFlag: '1',
  DelayDay: 2,
  Tsr: TSR,
  PayType: '2',
  PayAct: 'ECPAY',
  NotifyURL: 'https://shop.example/ecpay/delayed',
};
const BY_TRIGGER: Members = { DelayFlag: '2', DelayDay: 0 };

function delayed(changes: Members = {}): CaseCall {
  return { action: 'DelayIssue', data: { ...ORDER, ...DELAY, ...changes } };
}

function edited(changes: Members = {}): CaseCall {
  return { action: 'EditDelayIssue', data: { ...order({ SalesAmount: 200 }), ...changes } };
}

const EDITED_ITEMS = {
  SalesAmount: 200,
  Items: [{ ItemName: '高山烏龍茶', ItemCount: 4, ItemWord: '盒', ItemPrice: 50, ItemAmount: 200 }],
  Tsr: TSR,
};
const TRIGGERED: CaseCall = { action: 'TriggerIssue', data: { Tsr: TSR, PayType: '2' } };
const CANCELLED: CaseCall = { action: 'CancelDelayIssue', data: { Tsr: TSR } };

/** The clock comes to the day of issue, and the server's timer works. */
async function onItsDay(house: EcpayHouse): Promise<void> {
  house.clock.set('2026-11-23 10:00:00');
  const now = taipeiDateTime(house.clock.now());
  for (const { seller, account, key } of await house.ledger.reads.listDuePendingIssues(now, 10)) {
    const command = { seller, account: 'system', ip: '', pending: { account, key } };
    accepted((await house.ledger.issuePending([command]))[0]);
  }
}

function refusedDelay(name: string, answers: number, changes: Members): Case {
  return { name, ...delayed(changes), answers };
}

export const DELAY_CASES: readonly Case[] = [
  { name: 'delay-issue', ...delayed(), answers: 1 },
  { name: 'delay-issue-trigger', ...delayed(BY_TRIGGER), answers: 1 },
  {
    name: 'delay-issue-twice',
    given: [delayed()],
    ...delayed({ RelateNumber: 'SHOP20261121002' }),
    answers: 8920701,
  },
  {
    name: 'delay-issue-reference-duplicate',
    given: [issued()],
    ...delayed(),
    answers: 5070357,
  },
  {
    name: 'delay-issue-reference-waiting',
    given: [delayed()],
    ...delayed({ Tsr: 'TSR20261121002' }),
    answers: 5070357,
  },
  refusedDelay('delay-issue-days-too-many', 1200119, { DelayDay: 16 }),
  refusedDelay('delay-issue-days-zero', 1200119, { DelayDay: 0 }),
  refusedDelay('delay-issue-flag-unknown', 8920012, { DelayFlag: '3' }),
  refusedDelay('delay-issue-key-missing', 8920031, { Tsr: '' }),
  refusedDelay('delay-issue-key-long', 8920033, { Tsr: 'T'.repeat(31) }),
  refusedDelay('delay-issue-pay-type', 8920042, { PayType: '3' }),
  refusedDelay('delay-issue-pay-act', 8920052, { PayAct: 'Opay' }),
  refusedDelay('delay-issue-address', 8920062, { NotifyURL: 'ftp://shop.example/' }),
  refusedDelay('delay-issue-amount-mismatch', 5000022, { SalesAmount: 101 }),
  {
    name: 'delay-issue-fields-missing',
    action: 'DelayIssue',
    data: {},
    answers: 8910011,
  },
  { name: 'edit-delay-issue', given: [delayed()], ...edited(EDITED_ITEMS), answers: 1 },
  { name: 'edit-delay-issue-unknown', ...edited(EDITED_ITEMS), answers: 4000001 },
  {
    name: 'edit-delay-issue-cancelled',
    given: [delayed(), CANCELLED],
    ...edited(EDITED_ITEMS),
    answers: 4000001,
  },
  {
    name: 'edit-delay-issue-issued',
    given: [delayed()],
    meanwhile: onItsDay,
    ...edited(EDITED_ITEMS),
    answers: 8920702,
  },
  {
    name: 'edit-delay-issue-fields-missing',
    action: 'EditDelayIssue',
    data: {},
    answers: 8910011,
  },
  {
    name: 'trigger-issue-now',
    given: [delayed(BY_TRIGGER)],
    ...TRIGGERED,
    answers: 4000004,
  },
  {
    name: 'trigger-issue-later',
    given: [delayed({ DelayFlag: '2' })],
    ...TRIGGERED,
    answers: 4000003,
  },
  { name: 'trigger-issue-by-date', given: [delayed()], ...TRIGGERED, answers: 4000003 },
  { name: 'trigger-issue-unknown', ...TRIGGERED, answers: 4000001 },
  {
    name: 'trigger-issue-cancelled',
    given: [delayed(BY_TRIGGER), CANCELLED],
    ...TRIGGERED,
    answers: 4000001,
  },
  {
    name: 'trigger-issue-twice',
    given: [delayed({ DelayFlag: '2' }), { ...TRIGGERED, replies: 4000003 }],
    ...TRIGGERED,
    answers: 8920703,
  },
  {
    name: 'trigger-issue-issued',
    given: [delayed(BY_TRIGGER), { ...TRIGGERED, replies: 4000004 }],
    ...TRIGGERED,
    answers: 8920702,
  },
  {
    name: 'trigger-issue-reference-duplicate',
    given: [delayed(BY_TRIGGER), issued()],
    ...TRIGGERED,
    answers: 5070357,
  },
  {
    name: 'trigger-issue-track-exhausted',
    given: [delayed(BY_TRIGGER), issued({ RelateNumber: 'SHOP20261121002' })],
    house: { segments: [{ code: '', category: 'b2c', count: 1 }] },
    ...TRIGGERED,
    answers: 5070350,
  },
  { name: 'trigger-issue-fields-missing', action: 'TriggerIssue', data: {}, answers: 8920031 },
  {
    name: 'trigger-issue-pay-type',
    action: 'TriggerIssue',
    data: { Tsr: TSR, PayType: '1' },
    answers: 8920042,
  },
  { name: 'cancel-delay-issue', given: [delayed()], ...CANCELLED, answers: 1 },
  { name: 'cancel-delay-issue-unknown', ...CANCELLED, answers: 5070305 },
  {
    name: 'cancel-delay-issue-twice',
    given: [delayed(), CANCELLED],
    ...CANCELLED,
    answers: 5070305,
  },
  {
    name: 'cancel-delay-issue-too-late',
    given: [delayed()],
    ...CANCELLED,
    at: '2026-11-23 10:00:00',
    answers: 8920704,
  },
  {
    name: 'cancel-delay-issue-issued',
    given: [delayed()],
    meanwhile: onItsDay,
    ...CANCELLED,
    answers: 8920702,
  },
  {
    name: 'cancel-delay-issue-key-missing',
    action: 'CancelDelayIssue',
    data: {},
    answers: 8920031,
  },
  {
    name: 'get-issue-of-a-delayed-one',
    given: [delayed()],
    meanwhile: onItsDay,
    action: 'GetIssue',
    data: { RelateNumber: 'SHOP20261121001' },
    answers: 1,
  },
];
