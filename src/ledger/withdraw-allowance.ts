/**
 * The two ends of an online allowance without consent: `withdrawAllowance`, the seller's word while the
 * buyer has not agreed (ECPay B2C API, AllowanceInvalidByCollegiate), and `expireAllowance`, the clock's.
 * Both release the amount; neither files anything, since no G0401 exists.
 */
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { awaitingOf, findConsents, lapsed, type Online } from './consents.ts';
import { contentHash } from './journal.ts';
import type { ExpireAllowanceCommand, WithdrawAllowanceCommand } from './ledger.ts';
import type { Origin } from './origin.ts';
import type { AllowanceRow, ConsentRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const withdrawAllowance: Verb<WithdrawAllowanceCommand, AllowanceRow> = {
  name: 'withdrawAllowance',
  apply: (batch, commands) =>
    end(batch, commands, 'withdrawn', withdrawAllowance.name, (found, command) => {
      if (found === undefined || found.allowance.invoiceNumber !== command.number) {
        const hint = 'no online allowance of this number belongs to this invoice';
        return fault('ALLOWANCE_NOT_FOUND', 'allowanceNumber', hint);
      }
      if (found.consent.state === 'given') {
        const hint = `the buyer agreed at ${found.consent.settledAt}; void it instead`;
        return fault('ALLOWANCE_CONSENTED', 'allowanceNumber', hint);
      }
      const isOver = !awaitingOf(found) || batch.now > found.consent.expiresAt;
      return isOver ? lapsed(found) : null;
    }),
};

export const expireAllowance: Verb<ExpireAllowanceCommand, AllowanceRow> = {
  name: 'expireAllowance',
  apply: (batch, commands) =>
    end(batch, commands, 'expired', expireAllowance.name, (found) => {
      if (found === undefined) {
        return fault('ALLOWANCE_NOT_FOUND', 'allowanceNumber', 'no such online allowance');
      }
      if (!awaitingOf(found)) return lapsed(found);
      const hint = `the buyer may agree until ${found.consent.expiresAt}`;
      return batch.now > found.consent.expiresAt
        ? null
        : fault('ALLOWANCE_AWAITS_CONSENT', 'allowanceNumber', hint);
    }),
};

type Command = Origin & { readonly allowanceNumber: string; readonly reason: string };

async function end<C extends Command>(
  batch: Batch,
  commands: readonly C[],
  state: 'withdrawn' | 'expired',
  verb: string,
  whyNot: (found: Online | undefined, command: C) => Fault | null,
): Promise<readonly Outcome<AllowanceRow>[]> {
  const online = await findConsents(batch, commands);
  const allowances: AllowanceRow[] = [];
  const consents: ConsentRow[] = [];
  const outcomes = commands.map((command): Outcome<AllowanceRow> => {
    const key = `${command.seller}/${command.allowanceNumber}`;
    const found = online.get(key);
    const problem = whyNot(found, command);
    if (problem !== null || found === undefined) return refused(...(problem ? [problem] : []));
    const hash = contentHash(JSON.stringify({ state, endedAt: batch.now, reason: command.reason }));
    batch.append(
      command.seller,
      verb,
      command.account,
      `allowance/${found.allowance.number}`,
      hash,
    );
    const allowance = { ...found.allowance, state, voidReason: command.reason };
    const consent = { ...found.consent, state, settledAt: batch.now };
    online.set(key, { allowance, consent });
    allowances.push(allowance);
    consents.push(consent);
    return done(allowance);
  });
  await batch.transaction.saveAllowances(allowances);
  await batch.transaction.saveConsents(consents);
  return outcomes;
}
