/**
 * The consent that an online allowance 線上折讓 waits for: how long, how it is found, why it is over. While
 * it waits the amount is reserved on the invoice; when its hours are over it is released.
 */
import { minutesAfter } from '../domain/calendar.ts';
import { type Fault, fault } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import type { AllowanceRow, ConsentRow } from './rows.ts';

/** Hours in which the buyer may agree (ECPay B2C API, AllowanceByCollegiate, IA_TempExpireDate). */
export const CONSENT_HOURS = 72;
/** Of the link's unguessable part: 128 bits, more than anybody can try. */
const TOKEN_BYTES = 16;

/** An online allowance with the consent it waits for. */
export interface Online {
  readonly allowance: AllowanceRow;
  readonly consent: ConsentRow;
}

/** The consent that a new online allowance waits for. */
export function newConsent(batch: Batch, allowance: AllowanceRow, callbackUrl: string): ConsentRow {
  return {
    seller: allowance.seller,
    number: allowance.number,
    token: Buffer.from(batch.random.bytes(TOKEN_BYTES)).toString('hex'),
    requestedAt: batch.now,
    expiresAt: minutesAfter(batch.now, CONSENT_HOURS * 60),
    callbackUrl,
    state: 'waiting',
    settledAt: null,
  };
}

/** The online allowances of these numbers, by `seller/number`. */
export async function findConsents(
  batch: Batch,
  named: readonly { readonly seller: AllowanceRow['seller']; readonly allowanceNumber: string }[],
): Promise<Map<string, Online>> {
  const keys = new Map(
    named.map(({ seller, allowanceNumber }) => [
      `${seller}/${allowanceNumber}`,
      { seller, number: allowanceNumber },
    ]),
  );
  const consents = await batch.transaction.findConsents([...keys.values()]);
  const allowances = await batch.transaction.findAllowances(
    consents.map(({ seller, number }) => ({ seller, number })),
  );
  const found = new Map(allowances.map((row) => [`${row.seller}/${row.number}`, row]));
  return new Map(
    consents.map((consent) => {
      const key = `${consent.seller}/${consent.number}`;
      const allowance = found.get(key);
      if (allowance === undefined) throw new Error('a consent without its allowance');
      return [key, { allowance, consent }];
    }),
  );
}

/** Whether the buyer's consent is still waited for. */
export function awaitingOf({ allowance, consent }: Online): boolean {
  return allowance.state === 'awaiting-consent' && consent.state === 'waiting';
}

export function lapsed({ consent }: Online): Fault {
  const hint = `it is over: ${consent.state}, valid until ${consent.expiresAt}`;
  return fault('ALLOWANCE_LAPSED', 'allowanceNumber', hint);
}
