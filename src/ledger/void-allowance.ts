/**
 * voidAllowance 作廢折讓: takes an allowance back; its amount may be allowed again. Until the 13th of the
 * month after the period of the allowance's own day (ECPay B2C, AllowanceInvalid).
 */
import { filingDueAt, voidDeadline } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { periodOf } from '../domain/period.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import type { Batch } from './batch.ts';
import { Chains } from './chain.ts';
import { parseAllowanceContent } from './content.ts';
import { contentHash } from './journal.ts';
import type { AllowanceVoided, VoidAllowanceCommand } from './ledger.ts';
import type { AllowanceRow, FilingRow, InvoiceKey } from './rows.ts';
import type { Verb } from './verb.ts';
import { voidText } from './void.ts';

export const voidAllowance: Verb<VoidAllowanceCommand, AllowanceVoided> = {
  name: 'voidAllowance',
  apply,
};

function invoiceOf(row: AllowanceRow): InvoiceKey {
  return { seller: row.seller, period: row.period, number: row.invoiceNumber };
}

async function apply(
  batch: Batch,
  commands: readonly VoidAllowanceCommand[],
): Promise<readonly Outcome<AllowanceVoided>[]> {
  const keys = new Map(
    commands.map(({ seller, allowanceNumber }) => [
      `${seller}/${allowanceNumber}`,
      { seller, number: allowanceNumber },
    ]),
  );
  const found = await batch.transaction.findAllowances([...keys.values()]);
  const allowances = new Map(found.map((row) => [`${row.seller}/${row.number}`, row]));
  const chains = await Chains.open(batch, found.map(invoiceOf));
  const voided: AllowanceRow[] = [];
  const filings: FilingRow[] = [];
  const outcomes = commands.map((command): Outcome<AllowanceVoided> => {
    const key = `${command.seller}/${command.allowanceNumber}`;
    const allowance = allowances.get(key);
    if (allowance === undefined || allowance.invoiceNumber !== command.number) {
      const hint = 'no allowance of this number belongs to this invoice';
      return refused(fault('ALLOWANCE_NOT_FOUND', 'allowanceNumber', hint));
    }
    const problem = whyNot(batch, allowance);
    if (problem !== null) return refused(problem);
    const hash = contentHash(voidText(batch.now, command.reason));
    const subject = `allowance/${allowance.number}`;
    batch.append(command.seller, voidAllowance.name, command.account, subject, hash);
    const row: AllowanceRow = {
      ...allowance,
      state: 'voided',
      voidedAt: batch.now,
      voidReason: command.reason,
    };
    allowances.set(key, row);
    voided.push(row);
    const filing = fileVoid(batch, row, chains);
    chains.add(filing);
    filings.push(filing);
    return done({
      number: row.invoiceNumber,
      allowanceNumber: row.number,
      voidedAt: batch.now,
    });
  });
  await batch.transaction.saveAllowances(voided);
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

function whyNot(batch: Batch, allowance: AllowanceRow): Fault | null {
  switch (allowance.state) {
    case 'voided':
      return fault('ALLOWANCE_VOIDED', 'allowanceNumber', `it was voided at ${allowance.voidedAt}`);
    case 'awaiting-consent':
      return fault(
        'ALLOWANCE_AWAITS_CONSENT',
        'allowanceNumber',
        'the buyer has not agreed yet; withdraw it instead',
      );
    case 'expired':
    case 'withdrawn': {
      const hint = `it never came into force (${allowance.state})`;
      return fault('ALLOWANCE_NOT_FOUND', 'allowanceNumber', hint);
    }
    case 'live': {
      const deadline = voidDeadline(periodOf(taipeiDateOf(allowance.allowedAt)));
      if (batch.now <= deadline) return null;
      return fault(
        'ALLOWANCE_VOID_DEADLINE_PASSED',
        'allowanceNumber',
        `it could be voided until ${deadline}`,
      );
    }
  }
}

function fileVoid(batch: Batch, allowance: AllowanceRow, chains: Chains): FilingRow {
  const isBusiness = parseAllowanceContent(allowance.content).invoice.buyerUbn !== null;
  return batch.file({
    seller: allowance.seller,
    message: 'G0501',
    period: allowance.period,
    invoiceNumber: allowance.invoiceNumber,
    version: chains.of(invoiceOf(allowance)).at(-1)?.version ?? 1,
    allowanceNumber: allowance.number,
    eventAt: batch.now,
    reason: allowance.voidReason,
    keyDate: batch.today,
    dueAt: filingDueAt(batch.today, isBusiness),
    holds: chains.holdsForNext(invoiceOf(allowance)),
  });
}
