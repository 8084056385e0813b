/**
 * voidAllowance 作廢折讓: takes an allowance back; its amount may be allowed again. Until the 13th of the
 * month after the period of the allowance's own day (ECPay B2C, AllowanceInvalid).
 */
import { filingDueAt, voidDeadline } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { periodOf } from '../domain/period.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import type { Batch } from './batch.ts';
import { Chains, invoiceOfPart } from './chain.ts';
import { parseAllowanceContent } from './content.ts';
import { contentHash } from './journal.ts';
import type { AllowanceVoided, VoidAllowanceCommand } from './ledger.ts';
import type { AllowanceRow, FilingRow, InvoiceKey } from './rows.ts';
import type { Verb } from './verb.ts';
import { voidText, voidTimeProblem } from './void.ts';

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
  const parts = await batch.transaction.findAllowanceParts(found);
  const chains = await Chains.open(batch, parts.map(invoiceOfPart));
  const invoicesOf = (row: AllowanceRow) =>
    parts
      .filter(({ seller, number }) => seller === row.seller && number === row.number)
      .map(invoiceOfPart);
  const voided: AllowanceRow[] = [];
  const filings: FilingRow[] = [];
  const outcomes = commands.map((command): Outcome<AllowanceVoided> => {
    const key = `${command.seller}/${command.allowanceNumber}`;
    const allowance = allowances.get(key);
    if (allowance === undefined || !isNamed(command.number, invoicesOf(allowance))) {
      const hint = 'no allowance of this number belongs to this invoice';
      return refused(fault('ALLOWANCE_NOT_FOUND', 'allowanceNumber', hint));
    }
    const isExchanged = chains
      .of(invoiceOf(allowance))
      .some((filing) => filing.message === 'B0101' && filing.allowanceNumber === allowance.number);
    if (isExchanged) {
      const hint = 'its buyer takes part in its void: use the calls of the exchange';
      return refused(fault('INVOICE_EXCHANGED', 'allowanceNumber', hint));
    }
    const problem = whyNot(batch, command, allowance);
    if (problem !== null) return refused(problem);
    const voidedAt = command.at ?? batch.now;
    const hash = contentHash(voidText(voidedAt, command.reason));
    const subject = `allowance/${allowance.number}`;
    batch.append(command.seller, voidAllowance.name, command.account, subject, hash);
    const row: AllowanceRow = {
      ...allowance,
      state: 'voided',
      voidedAt,
      voidReason: command.reason,
    };
    allowances.set(key, row);
    voided.push(row);
    const invoices = invoicesOf(row);
    const filing = fileVoid(batch, row, command.remark ?? '', chains, invoices);
    chains.add(filing, invoices);
    filings.push(filing);
    return done({
      number: row.invoiceNumber,
      allowanceNumber: row.number,
      voidedAt,
    });
  });
  await batch.transaction.saveAllowances(voided);
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

/** Whether the client named one of the allowance's invoices, or none. */
function isNamed(number: VoidAllowanceCommand['number'], invoices: readonly InvoiceKey[]): boolean {
  return number === undefined || invoices.some((invoice) => invoice.number === number);
}

function whyNot(
  batch: Batch,
  command: VoidAllowanceCommand,
  allowance: AllowanceRow,
): Fault | null {
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
      const deadline =
        command.until === undefined
          ? voidDeadline(periodOf(taipeiDateOf(allowance.allowedAt)))
          : command.until;
      if (deadline === null || batch.now <= deadline) {
        return voidTimeProblem(command.at, allowance.allowedAt, batch.now);
      }
      return fault(
        'ALLOWANCE_VOID_DEADLINE_PASSED',
        'allowanceNumber',
        `it could be voided until ${deadline}`,
      );
    }
  }
}

function fileVoid(
  batch: Batch,
  allowance: AllowanceRow,
  remark: string,
  chains: Chains,
  invoices: readonly InvoiceKey[],
): FilingRow {
  const eventAt = allowance.voidedAt ?? batch.now;
  const keyDate = taipeiDateOf(eventAt);
  const isBusiness = parseAllowanceContent(allowance.content).invoice.buyerUbn !== null;
  return batch.file({
    seller: allowance.seller,
    message: 'G0501',
    period: allowance.period,
    invoiceNumber: allowance.invoiceNumber,
    version: chains.of(invoiceOf(allowance)).at(-1)?.version ?? 1,
    allowanceNumber: allowance.number,
    eventAt,
    reason: allowance.voidReason,
    remark,
    keyDate,
    dueAt: filingDueAt(keyDate, isBusiness),
    holds: chains.holdsForNext(...invoices),
  });
}
