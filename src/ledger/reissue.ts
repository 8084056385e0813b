/**
 * reissue 註銷重開: annuls the stored message of an invoice and files it again under the same number, day
 * and time, with other content and a new random code. Until the 13th of the month after the period,
 * never of a voided invoice nor with a live allowance, and not before the reissue before it is
 * confirmed (ECPay B2C, VoidWithReIssue; MOF: F0701, then F0401 with the same number).
 */
import { filingDueAt, voidDeadline } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import type { Batch } from './batch.ts';
import { Chains } from './chain.ts';
import { parseInvoiceContent } from './content.ts';
import { exchangedFault } from './exchange-guard.ts';
import { drawRandomCode } from './issue.ts';
import { contentHash } from './journal.ts';
import type { ReissueCommand } from './ledger.ts';
import type { FilingRow, InvoiceRow, VersionRow } from './rows.ts';
import { invoiceKeyText, type Verb } from './verb.ts';

export const reissue: Verb<ReissueCommand, InvoiceContent> = { name: 'reissue', apply };

/** An invoice as this run finds it and leaves it. */
interface Target {
  row: InvoiceRow;
  content: InvoiceContent;
  readonly hasAllowance: boolean;
}

async function apply(
  batch: Batch,
  commands: readonly ReissueCommand[],
): Promise<readonly Outcome<InvoiceContent>[]> {
  const targets = await findTargets(batch, commands);
  const chains = await Chains.open(
    batch,
    [...targets.values()].map((target) => target.row),
  );
  const changed = new Map<string, InvoiceRow>();
  const versions: VersionRow[] = [];
  const filings: FilingRow[] = [];
  const outcomes = commands.map((command): Outcome<InvoiceContent> => {
    const target = targets.get(`${command.seller}/${command.number}`);
    const isOtherDay =
      command.issuedOn !== undefined &&
      target !== undefined &&
      taipeiDateOf(target.row.issuedAt) !== command.issuedOn;
    if (target === undefined || isOtherDay) {
      const hint = 'no invoice of this number was issued on this day';
      return refused(fault('INVOICE_NOT_FOUND', 'number', hint));
    }
    const problem = whyNot(batch, target, chains) ?? otherTrack(command, target.row);
    if (problem !== null) return refused(problem);
    const annulled = target.row;
    const content = nextVersion(batch, command, target.content);
    const text = JSON.stringify(content);
    const hash = contentHash(text);
    const { seller, period, number, version } = content;
    const subject = `invoice/${period}/${number}/${version}`;
    batch.append(seller, reissue.name, command.account, subject, hash);
    target.row = rowOf(annulled, content, command.channelPartner);
    target.content = content;
    changed.set(invoiceKeyText(target.row), target.row);
    versions.push({ seller, period, number, version, content: text, hash });
    for (const filing of fileReissue(batch, command, annulled, content, chains)) {
      chains.add(filing);
      filings.push(filing);
    }
    return done(content);
  });
  await batch.transaction.saveInvoices([...changed.values()]);
  await batch.transaction.insertVersions(versions);
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

async function findTargets(
  batch: Batch,
  commands: readonly ReissueCommand[],
): Promise<Map<string, Target>> {
  const keys = new Map(
    commands.map(({ seller, number }) => [`${seller}/${number}`, { seller, number }]),
  );
  const rows = await batch.transaction.findNewestInvoices([...keys.values()]);
  const versions = await batch.transaction.findCurrentVersions(rows);
  const contents = new Map(versions.map((version) => [invoiceKeyText(version), version.content]));
  const allowed = new Set(
    (await batch.transaction.findAllowancesOf(rows))
      .filter((row) => row.state === 'live' || row.state === 'awaiting-consent')
      .map((row) => invoiceKeyText({ ...row, number: row.invoiceNumber })),
  );
  const targets = new Map<string, Target>();
  for (const row of rows) {
    const text = contents.get(invoiceKeyText(row));
    if (text === undefined) throw new Error('an invoice without its current version');
    targets.set(`${row.seller}/${row.number}`, {
      row,
      content: parseInvoiceContent(text),
      hasAllowance: allowed.has(invoiceKeyText(row)),
    });
  }
  return targets;
}

function whyNot(batch: Batch, { row, hasAllowance }: Target, chains: Chains): Fault | null {
  const exchanged = exchangedFault(chains.of(row));
  if (exchanged !== null) return exchanged;
  if (row.state === 'voided') {
    return fault('INVOICE_VOIDED', 'number', `it was voided at ${row.voidedAt}`);
  }
  if (hasAllowance) {
    return fault('INVOICE_HAS_ALLOWANCES', 'number', 'void its allowances first');
  }
  const deadline = voidDeadline(row.period);
  if (batch.now > deadline) {
    return fault('VOID_DEADLINE_PASSED', 'number', `it could be reissued until ${deadline}`);
  }
  if (isReissueOpen(chains.of(row))) {
    return fault(
      'REISSUE_UNCONFIRMED',
      'number',
      'wait until the Ministry has confirmed the reissue',
    );
  }
  return null;
}

/** A number belongs to a track of one type; no other content changes that. */
function otherTrack({ composed }: ReissueCommand, row: InvoiceRow): Fault | null {
  if (composed.invoiceType === row.invoiceType) return null;
  const hint = `the number is of a track of type ${row.invoiceType}`;
  return fault('INVOICE_TYPE_TAX_TYPE_MISMATCH', 'invoiceType', hint);
}

/** Whether an invoice's last reissue is on its way: its F0701 or the F0401 that follows it. */
export function isReissueOpen(chain: readonly FilingRow[]): boolean {
  const annulled = chain.findIndex((filing) => filing.message === 'F0701');
  return annulled >= 0 && chain.slice(annulled).some((filing) => filing.state !== 'confirmed');
}

function nextVersion(
  batch: Batch,
  command: ReissueCommand,
  before: InvoiceContent,
): InvoiceContent {
  const { seller, period, number, issuedAt, reference, billingReference } = before;
  return {
    seller,
    period,
    number,
    version: before.version + 1,
    issuedAt,
    randomNumber: drawRandomCode(batch.random),
    reference,
    billingReference,
    channelPartner: command.channelPartner,
    ...command.composed,
  };
}

function rowOf(before: InvoiceRow, content: InvoiceContent, channelPartner: string): InvoiceRow {
  const { version, invoiceType, taxType, buyer, isPrinted, amounts } = content;
  return {
    ...before,
    version,
    channelPartner,
    invoiceType,
    taxType,
    buyerUbn: buyer.ubn,
    buyerName: buyer.name,
    buyerPhone: buyer.phone,
    isPrinted,
    total: amounts.total,
  };
}

/** The annulment of the version before, then the new version; the one waits for the other. */
function fileReissue(
  batch: Batch,
  command: ReissueCommand,
  annulled: InvoiceRow,
  content: InvoiceContent,
  chains: Chains,
): readonly FilingRow[] {
  const shared = {
    seller: content.seller,
    period: content.period,
    invoiceNumber: content.number,
    allowanceNumber: '',
    eventAt: batch.now,
  } as const;
  const annulment = batch.file({
    ...shared,
    message: 'F0701',
    version: annulled.version,
    reason: command.reason,
    keyDate: batch.today,
    dueAt: filingDueAt(batch.today, annulled.buyerUbn !== null),
    holds: chains.holdsForNext(content),
  });
  const issue = batch.file({
    ...shared,
    message: 'F0401',
    version: content.version,
    reason: '',
    keyDate: taipeiDateOf(content.issuedAt),
    dueAt: filingDueAt(batch.today, content.buyer.ubn !== null),
    holds: ['earlier-filing', ...content.holds],
  });
  return [annulment, issue];
}
