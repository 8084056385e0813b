/**
 * consentAllowance 同意折讓: the buyer agrees to an online allowance within its hours. Only now it comes
 * into force, dated this day, and only now the Ministry is owed its G0401 (ECPay B2C API,
 * AllowanceByCollegiate). A second click changes nothing.
 */
import type { AllowanceContent } from '../domain/allowance.ts';
import { filingDueAt } from '../domain/deadlines.ts';
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { Chains } from './chain.ts';
import { awaitingOf, findConsents, lapsed, type Online } from './consents.ts';
import { parseAllowanceContent } from './content.ts';
import { endEditWindows } from './edit-window.ts';
import { contentHash } from './journal.ts';
import type { ConsentCommand, NotifyCommand } from './ledger.ts';
import { oweNotices } from './notify.ts';
import type { AllowanceRow, ConsentRow, FilingRow, InvoiceKey } from './rows.ts';
import type { Verb } from './verb.ts';

export const consentAllowance: Verb<ConsentCommand, AllowanceContent> = {
  name: 'consentAllowance',
  apply,
};

async function apply(
  batch: Batch,
  commands: readonly ConsentCommand[],
): Promise<readonly Outcome<AllowanceContent>[]> {
  const online = await findConsents(batch, commands);
  const chains = await Chains.open(
    batch,
    [...online.values()].map(({ allowance }) => invoiceOf(allowance)),
  );
  const changes = new Changes();
  const outcomes = commands.map((command): Outcome<AllowanceContent> => {
    const key = `${command.seller}/${command.allowanceNumber}`;
    const found = online.get(key);
    if (found === undefined) {
      return refused(fault('ALLOWANCE_NOT_FOUND', 'allowanceNumber', 'no online allowance'));
    }
    if (found.consent.state === 'given') {
      const hint = `the buyer agreed at ${found.consent.settledAt}`;
      return refused(fault('ALLOWANCE_CONSENTED', 'allowanceNumber', hint));
    }
    if (!awaitingOf(found) || batch.now > found.consent.expiresAt) return refused(lapsed(found));
    const content = agree(batch, command, found, chains, changes);
    online.set(key, {
      allowance: { ...found.allowance, state: 'live' },
      consent: { ...found.consent, state: 'given', settledAt: batch.now },
    });
    return done(content);
  });
  await changes.write(batch);
  return outcomes;
}

/** Rows that a run changes, written table by table. */
class Changes {
  readonly allowances: AllowanceRow[] = [];
  readonly consents: ConsentRow[] = [];
  readonly released: FilingRow[] = [];
  readonly filings: FilingRow[] = [];
  readonly callbacks: NotifyCommand[] = [];

  async write(batch: Batch): Promise<void> {
    const { transaction } = batch;
    await transaction.saveAllowances(this.allowances);
    await transaction.saveConsents(this.consents);
    await transaction.saveFilings(this.released);
    await transaction.insertFilings(this.filings);
    await oweNotices(batch, this.callbacks);
  }
}

function agree(
  batch: Batch,
  command: ConsentCommand,
  { allowance, consent }: Online,
  chains: Chains,
  changes: Changes,
): AllowanceContent {
  const content = { ...parseAllowanceContent(allowance.content), allowedAt: batch.now };
  const text = JSON.stringify(content);
  const hash = contentHash(text);
  const subject = `allowance/${allowance.number}`;
  batch.append(command.seller, consentAllowance.name, command.account, subject, hash);
  const live = { state: 'live', allowedAt: batch.now, content: text, hash } as const;
  changes.allowances.push({ ...allowance, ...live });
  changes.consents.push({ ...consent, state: 'given', settledAt: batch.now });
  changes.released.push(...endEditWindows(chains, invoiceOf(allowance)));
  const filing = file(batch, content, allowance, chains);
  chains.add(filing);
  changes.filings.push(filing);
  changes.callbacks.push(...callbackOf(consent, allowance));
  return content;
}

function invoiceOf(row: AllowanceRow): InvoiceKey {
  return { seller: row.seller, period: row.period, number: row.invoiceNumber };
}

function file(
  batch: Batch,
  content: AllowanceContent,
  allowance: AllowanceRow,
  chains: Chains,
): FilingRow {
  const invoice = invoiceOf(allowance);
  return batch.file({
    seller: allowance.seller,
    message: 'G0401',
    period: allowance.period,
    invoiceNumber: allowance.invoiceNumber,
    version: chains.of(invoice).at(-1)?.version ?? 1,
    allowanceNumber: allowance.number,
    eventAt: batch.now,
    reason: '',
    keyDate: batch.today,
    dueAt: filingDueAt(batch.today, content.invoice.buyerUbn !== null),
    holds: chains.holdsForNext(invoice),
  });
}

function callbackOf(consent: ConsentRow, allowance: AllowanceRow): readonly NotifyCommand[] {
  if (consent.callbackUrl === '') return [];
  const subject = `allowance/${allowance.number}`;
  return [
    {
      seller: allowance.seller,
      account: allowance.account,
      ip: '',
      kind: 'callback',
      tag: 'consented',
      audience: 'program',
      recipient: consent.callbackUrl,
      subject,
      event: `consented ${subject}`,
      isAgain: false,
    },
  ];
}
