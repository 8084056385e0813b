/**
 * amend 更正: replaces the content of an invoice whose message was not handed over yet. Number, day, time
 * and random code stay; nothing is annulled, since the Ministry never saw the version before. It is a new
 * version all the same, and its filing is now owed with that content (SystemLead e首發票 API,
 * Update/Invoices).
 */
import { reservesAmount } from '../domain/allowance.ts';
import { filingDueAt } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import type { Batch } from './batch.ts';
import { Chains } from './chain.ts';
import { parseInvoiceContent } from './content.ts';
import { editWindowEnd } from './edit-window.ts';
import { contentHash } from './journal.ts';
import type { AmendCommand } from './ledger.ts';
import { References } from './references.ts';
import type { FilingRow, InvoiceRow, VersionRow } from './rows.ts';
import { invoiceKeyText, type Verb } from './verb.ts';

export const amend: Verb<AmendCommand, InvoiceContent> = { name: 'amend', apply };

/** An invoice as this run finds it and leaves it. */
interface Target {
  row: InvoiceRow;
  content: InvoiceContent;
}

async function apply(
  batch: Batch,
  commands: readonly AmendCommand[],
): Promise<readonly Outcome<InvoiceContent>[]> {
  const targets = await findTargets(batch, commands);
  const rows = [...targets.values()].map((target) => target.row);
  const chains = await Chains.open(batch, rows);
  const allowed = await findAllowed(batch, rows);
  const references = await References.open(batch, commands);
  await references.openOf(batch, rows);
  const versions: VersionRow[] = [];
  const filings = new Map<number, FilingRow>();
  const outcomes = commands.map((command): Outcome<InvoiceContent> => {
    const target = targets.get(`${command.seller}/${command.number}`);
    if (target === undefined) {
      return refused(fault('INVOICE_NOT_FOUND', 'number', 'no invoice of this number was issued'));
    }
    const filing = openFiling(chains, target.row);
    const problem =
      whyNot(command, target, chains, allowed) ?? references.clash(command, target.row);
    if (problem !== null) return refused(problem);
    if (filing === null) return refused(handedOver());
    const content = nextVersion(command, target.content);
    const { seller, period, number, version } = content;
    const text = JSON.stringify(content);
    const hash = contentHash(text);
    const subject = `invoice/${period}/${number}/${version}`;
    batch.append(seller, amend.name, command.account, subject, hash);
    versions.push({ seller, period, number, version, content: text, hash });
    references.replace(command, target.row);
    target.row = rowOf(target.row, command, content);
    target.content = content;
    const refiled = refile(batch, command, filing, content);
    chains.replace(refiled);
    filings.set(refiled.sequence, refiled);
    return done(content);
  });
  const changed = new Set(versions.map(invoiceKeyText));
  await batch.transaction.saveInvoices(
    [...targets.values()].map(({ row }) => row).filter((row) => changed.has(invoiceKeyText(row))),
  );
  await batch.transaction.insertVersions(versions);
  await references.write(batch);
  await batch.transaction.saveFilings([...filings.values()]);
  return outcomes;
}

async function findTargets(
  batch: Batch,
  commands: readonly AmendCommand[],
): Promise<Map<string, Target>> {
  const keys = new Map(
    commands.map(({ seller, number }) => [`${seller}/${number}`, { seller, number }]),
  );
  const rows = await batch.transaction.findNewestInvoices([...keys.values()]);
  const versions = await batch.transaction.findCurrentVersions(rows);
  const contents = new Map(versions.map((version) => [invoiceKeyText(version), version.content]));
  return new Map(
    rows.map((row) => {
      const text = contents.get(invoiceKeyText(row));
      if (text === undefined) throw new Error('an invoice without its current version');
      return [`${row.seller}/${row.number}`, { row, content: parseInvoiceContent(text) }];
    }),
  );
}

/** The invoice's only filing, while the Ministry cannot have it; null once it was handed over. */
function openFiling(chains: Chains, row: InvoiceRow): FilingRow | null {
  const chain = chains.of(row);
  const [only] = chain;
  if (chain.length !== 1 || only?.message !== 'F0401') return null;
  const isOpen = only.state === 'held' || only.state === 'ready' || only.state === 'refused';
  return isOpen ? only : null;
}

function handedOver(): Fault {
  const hint = 'its message is on the way to the Ministry or there; void and issue anew';
  return fault('INVOICE_HANDED_OVER', 'number', hint);
}

/** Invoices of which an allowance takes a part, in force or awaiting consent: the latter has no filing. */
async function findAllowed(
  batch: Batch,
  invoices: readonly InvoiceRow[],
): Promise<ReadonlySet<string>> {
  const rows = await batch.transaction.findAllowancesOf(invoices);
  const taking = rows.filter(({ state }) => reservesAmount(state));
  return new Set(
    taking.map(({ seller, period, invoiceNumber }) =>
      invoiceKeyText({ seller, period, number: invoiceNumber }),
    ),
  );
}

function whyNot(
  command: AmendCommand,
  { row }: Target,
  chains: Chains,
  allowed: ReadonlySet<string>,
): Fault | null {
  if (row.state === 'voided') {
    return fault('INVOICE_VOIDED', 'number', `it was voided at ${row.voidedAt}`);
  }
  const isTold = chains.of(row).some((filing) => filing.allowanceNumber !== '');
  if (isTold || allowed.has(invoiceKeyText(row))) {
    return fault('INVOICE_HAS_ALLOWANCES', 'number', 'an allowance was made on it');
  }
  if (command.issuedAt !== undefined && command.issuedAt !== row.issuedAt) {
    return fault('ISSUE_TIME_FIXED', 'issuedAt', `it was issued at ${row.issuedAt}`);
  }
  return null;
}

function nextVersion(command: AmendCommand, before: InvoiceContent): InvoiceContent {
  const { seller, period, number, issuedAt, channelPartner } = before;
  return {
    seller,
    period,
    number,
    version: before.version + 1,
    issuedAt,
    randomNumber: command.randomNumber || before.randomNumber,
    reference: command.reference,
    billingReference: command.billingReference,
    channelPartner,
    ...command.composed,
  };
}

function rowOf(before: InvoiceRow, command: AmendCommand, content: InvoiceContent): InvoiceRow {
  const { version, invoiceType, taxType, buyer, isPrinted, amounts } = content;
  return {
    ...before,
    version,
    reference: command.reference,
    invoiceType,
    taxType,
    buyerUbn: buyer.ubn,
    buyerName: buyer.name,
    buyerPhone: buyer.phone,
    isPrinted,
    total: amounts.total,
  };
}

/** The filing over the new content: as a new invoice's, but late is late. */
function refile(
  batch: Batch,
  command: AmendCommand,
  filing: FilingRow,
  content: InvoiceContent,
): FilingRow {
  const releaseAt = editWindowEnd(content.issuedAt, command.editHours ?? 0, batch.now);
  const holds = [
    ...content.holds,
    ...filing.holds.filter((hold) => hold === 'blank-reported' || hold === 'overdue'),
    ...(releaseAt === null ? [] : (['edit-window'] as const)),
  ];
  return {
    ...filing,
    version: content.version,
    dueAt: filingDueAt(taipeiDateOf(content.issuedAt), content.buyer.ubn !== null),
    state: holds.length > 0 ? 'held' : 'ready',
    holds,
    releaseAt,
    settledAt: null,
    resultCode: '',
    resultText: '',
  };
}
