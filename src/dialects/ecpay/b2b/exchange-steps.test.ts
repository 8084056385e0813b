/**
 * Every step of an exchanged invoice and of its allowance, by either party, in every state that they reach: what
 * is taken too early, twice or by the wrong side is refused with its own code and leaves nothing behind.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  allowanceStep,
  allowed,
  type B2bCall,
  EXCHANGED,
  exchanged,
  MERCHANT_A,
  MERCHANT_B,
  step,
} from '../../../../test/support/ecpay-b2b-case.ts';
import { onEveryEngine } from '../../../../test/support/engines.ts';
import { ExchangeHouse } from '../../../../test/support/exchange-house.ts';

const A = MERCHANT_A;
const B = MERCHANT_B;

const ISSUED = [EXCHANGED, exchanged()];
const CONFIRMED = [...ISSUED, step('IssueConfirm', B)];
const RETURNED = [...ISSUED, step('Reject', B)];
const VOID_ASKED = [...CONFIRMED, step('Invalid', A)];
const ALLOWED = [...CONFIRMED, allowed(2)];
const ALLOWANCE_CONFIRMED = [...ALLOWED, allowanceStep('AllowanceConfirm', B)];
const CANCEL_ASKED = [...ALLOWANCE_CONFIRMED, allowanceStep('CancelAllowance', A)];

const INVOICE_STEPS = ['IssueConfirm', 'Reject', 'RejectConfirm', 'Invalid', 'InvalidConfirm'];
const ALLOWANCE_STEPS = ['AllowanceConfirm', 'CancelAllowance', 'CancelAllowanceConfirm'];

const OK = 1;
const [UNCONFIRMED, NOTHING, OWN] = [8970703, 8970705, 8970706];
const [IS_CONFIRMED, IS_RETURNED, IS_VOIDED, IS_ALLOWED] = [8970707, 8970708, 8970701, 8970702];
const [NO_ALLOWANCE_OF_VOIDED, ALLOWANCE_IS_VOIDED] = [8980702, 8980713];
const WRONG_SIDE = 8990704;

/** What the party whose step it is answered; the other party is always refused. */
interface State {
  readonly given: readonly B2bCall[];
  /** IssueConfirm and Reject of the buyer, RejectConfirm and Invalid of the seller, InvalidConfirm of the buyer. */
  readonly invoice: readonly [number, number, number, number, number];
  /** A further Allowance of the seller. */
  readonly allowance: number;
  /** AllowanceConfirm of the buyer, CancelAllowance of the seller, CancelAllowanceConfirm of the buyer. */
  readonly steps?: readonly [number, number, number];
}

const STATES: Readonly<Record<string, State>> = {
  issued: {
    given: ISSUED,
    invoice: [OK, OK, NOTHING, UNCONFIRMED, NOTHING],
    allowance: UNCONFIRMED,
  },
  confirmed: {
    given: CONFIRMED,
    invoice: [NOTHING, IS_CONFIRMED, NOTHING, OK, NOTHING],
    allowance: OK,
  },
  returned: {
    given: RETURNED,
    invoice: [IS_RETURNED, IS_RETURNED, OK, IS_RETURNED, NOTHING],
    allowance: IS_RETURNED,
  },
  'return confirmed': {
    given: [...RETURNED, step('RejectConfirm', A)],
    invoice: [IS_RETURNED, IS_RETURNED, NOTHING, IS_RETURNED, NOTHING],
    allowance: IS_RETURNED,
  },
  'void asked': {
    given: VOID_ASKED,
    invoice: [NOTHING, IS_VOIDED, NOTHING, IS_VOIDED, OK],
    allowance: NO_ALLOWANCE_OF_VOIDED,
  },
  voided: {
    given: [...VOID_ASKED, step('InvalidConfirm', B)],
    invoice: [NOTHING, IS_VOIDED, NOTHING, IS_VOIDED, NOTHING],
    allowance: NO_ALLOWANCE_OF_VOIDED,
  },
  allowed: {
    given: ALLOWED,
    invoice: [NOTHING, IS_CONFIRMED, NOTHING, IS_ALLOWED, NOTHING],
    allowance: OK,
    steps: [OK, OK, NOTHING],
  },
  'allowance confirmed': {
    given: ALLOWANCE_CONFIRMED,
    invoice: [NOTHING, IS_CONFIRMED, NOTHING, IS_ALLOWED, NOTHING],
    allowance: OK,
    steps: [NOTHING, OK, NOTHING],
  },
  'void of the allowance asked': {
    given: CANCEL_ASKED,
    invoice: [NOTHING, IS_CONFIRMED, NOTHING, IS_ALLOWED, NOTHING],
    allowance: OK,
    steps: [NOTHING, ALLOWANCE_IS_VOIDED, OK],
  },
  'void of the unconfirmed allowance asked': {
    given: [...ALLOWED, allowanceStep('CancelAllowance', A)],
    invoice: [NOTHING, IS_CONFIRMED, NOTHING, IS_ALLOWED, NOTHING],
    allowance: OK,
    steps: [OK, ALLOWANCE_IS_VOIDED, OK],
  },
  'allowance voided': {
    given: [...CANCEL_ASKED, allowanceStep('CancelAllowanceConfirm', B)],
    invoice: [NOTHING, IS_CONFIRMED, NOTHING, OK, NOTHING],
    allowance: OK,
    steps: [NOTHING, ALLOWANCE_IS_VOIDED, NOTHING],
  },
};

/** Whose step it is; what the other one is told who takes it. */
const ACTORS: Readonly<Record<string, readonly [typeof A, number]>> = {
  IssueConfirm: [B, OWN],
  Reject: [B, WRONG_SIDE],
  RejectConfirm: [A, OWN],
  Invalid: [A, WRONG_SIDE],
  InvalidConfirm: [B, OWN],
  Allowance: [A, WRONG_SIDE],
  AllowanceConfirm: [B, OWN],
  CancelAllowance: [A, WRONG_SIDE],
  CancelAllowanceConfirm: [B, OWN],
};

/** Every call in the state, by both parties, with the code that it is answered. */
function expectations({
  invoice,
  allowance,
  steps,
}: State): readonly (readonly [B2bCall, number])[] {
  const all: readonly (readonly [string, number])[] = [
    ...INVOICE_STEPS.map((action, at) => [action, invoice[at] ?? OK] as const),
    ['Allowance', allowance],
    ...(steps ?? []).map((code, at) => [ALLOWANCE_STEPS[at] ?? '', code] as const),
  ];
  return all.flatMap(([action, code]) => {
    const [actor, otherCode] = ACTORS[action] ?? assert.fail(action);
    return [
      [callOf(action, actor), code] as const,
      [callOf(action, actor === A ? B : A), otherCode] as const,
    ];
  });
}

function callOf(action: string, by: typeof A): B2bCall {
  if (action === 'Allowance') return { ...allowed(1), by };
  return ALLOWANCE_STEPS.includes(action) ? allowanceStep(action, by) : step(action, by);
}

onEveryEngine((open) => {
  describe('steps', () => {
    for (const [name, state] of Object.entries(STATES)) {
      test(`${name}: every step by either party`, async () => {
        const opened = await open();
        try {
          const inState = async (run: (house: ExchangeHouse) => Promise<void>) => {
            await opened.store.clear();
            const house = await ExchangeHouse.open(opened);
            try {
              for (const call of state.given) await house.do(call);
              await run(house);
            } finally {
              await house.close();
            }
          };
          const expected = expectations(state);
          await inState(async (house) => {
            const before = await house.entries();
            for (const [call, code] of expected.filter(([, each]) => each !== OK)) {
              const answer = await house.ask(call);
              assert.equal(answer.RtnCode, code, `${call.action} by ${call.by?.id}`);
            }
            assert.equal(await house.entries(), before);
          });
          for (const [call] of expected.filter(([, each]) => each === OK)) {
            await inState(async (house) => {
              const taken = await house.do(call);
              assert.equal(taken.RtnCode, OK);
            });
          }
        } finally {
          await opened.remove();
        }
      });
    }
  });
});
