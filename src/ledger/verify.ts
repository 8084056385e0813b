/**
 * Verification: walks each seller's journal from its first entry, recomputes every hash, and holds the
 * documents that entries name against the hashes they recorded. Reads only; may run beside the writer.
 */

import { parseInvoiceNumber } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import type { Ubn } from '../domain/ubn.ts';
import { type ChainBreak, contentHash, findChainBreak } from './journal.ts';
import { noticeText } from './notify.ts';
import { reportSubject } from './number-report.ts';
import type { StoreReads } from './ports.ts';
import { printText } from './record-print.ts';
import { mendingText } from './resend-filing.ts';
import type { AllowanceRecord, EntryRow, InvoiceKey } from './rows.ts';
import { changedTrades, PartnersToVerify } from './verify-trades.ts';
import { voidText } from './void.ts';

/** Entries read at a time, so that a journal of any length needs little memory. */
const PAGE_ENTRIES = 1_000;

/** Verbs whose entry names the version that they made. */
const VERBS_OF_VERSIONS: readonly string[] = ['issue', 'reissue', 'amend'];

const VERBS_OF_ALLOWANCES: readonly string[] = ['allow', 'voidAllowance', 'consentAllowance'];

export interface Verification {
  readonly entries: number;
  /** First break of each seller's chain, and every document that differs from its entry. */
  readonly breaks: readonly ChainBreak[];
}

/** Verifies the journals of these sellers. An empty `breaks` means that not a byte has changed. */
export async function verifyJournal(
  reads: StoreReads,
  sellers: readonly Ubn[],
): Promise<Verification> {
  const breaks: ChainBreak[] = [];
  let entries = 0;
  for (const seller of sellers) {
    let previous: EntryRow | null = null;
    const partners = new PartnersToVerify();
    let isWhole = true;
    for (;;) {
      const page: readonly EntryRow[] = await reads.listEntries(
        seller,
        previous?.sequence ?? 0,
        PAGE_ENTRIES,
      );
      if (page.length === 0) break;
      entries += page.length;
      const broken = findChainBreak(previous, page);
      if (broken !== null) breaks.push(broken);
      breaks.push(...(await changedVersions(reads, seller, page)));
      breaks.push(...(await changedAllowances(reads, seller, page)));
      breaks.push(...(await changedPending(reads, seller, page)));
      breaks.push(...(await changedKept(reads, seller, page)));
      breaks.push(...(await changedReports(reads, seller, page)));
      breaks.push(...(await changedTrades(reads, seller, page)));
      // Past a break the rest of the chain cannot be judged, and would only repeat it.
      if (broken !== null) {
        isWhole = false;
        break;
      }
      for (const entry of page) partners.note(entry);
      previous = page.at(-1) ?? null;
    }
    if (isWhole) breaks.push(...(await partners.changed(reads, seller)));
  }
  return { entries, breaks };
}

function breakAt(entry: EntryRow, problem: string): ChainBreak {
  return { seller: entry.seller, sequence: entry.sequence, problem };
}

/** `invoice/<period>/<number>/<version>` of an issue's entry. */
function versionOf(seller: Ubn, subject: string): (InvoiceKey & { version: number }) | null {
  const [kind, periodText, numberText, versionText] = subject.split('/');
  const period = parsePeriod(periodText ?? '');
  const number = parseInvoiceNumber(numberText ?? '');
  const version = Number(versionText);
  if (kind !== 'invoice' || period === undefined || number === undefined) return null;
  return { seller, period, number, version };
}

async function changedVersions(
  reads: StoreReads,
  seller: Ubn,
  entries: readonly EntryRow[],
): Promise<readonly ChainBreak[]> {
  const issues = entries.flatMap((entry) => {
    const key = VERBS_OF_VERSIONS.includes(entry.verb) ? versionOf(seller, entry.subject) : null;
    return key === null ? [] : [{ entry, key }];
  });
  const rows = await reads.findVersions(issues.map(({ key }) => key));
  const contents = new Map(
    rows.map((row) => [`invoice/${row.period}/${row.number}/${row.version}`, row.content]),
  );
  return issues.flatMap(({ entry }) => {
    const content = contents.get(entry.subject);
    if (content === undefined) return [breakAt(entry, `its document ${entry.subject} is gone`)];
    const isSame = contentHash(content) === entry.contentHash;
    return isSame ? [] : [breakAt(entry, `its document ${entry.subject} was changed`)];
  });
}

async function changedAllowances(
  reads: StoreReads,
  seller: Ubn,
  entries: readonly EntryRow[],
): Promise<readonly ChainBreak[]> {
  const breaks: ChainBreak[] = [];
  for (const entry of entries) {
    if (!VERBS_OF_ALLOWANCES.includes(entry.verb)) continue;
    const number = entry.subject.slice('allowance/'.length);
    const [record] = await reads.findAllowances({ by: 'allowance', seller, number });
    if (record === undefined) {
      breaks.push(breakAt(entry, `its document ${entry.subject} is gone`));
      continue;
    }
    const { row } = record;
    const text =
      entry.verb === 'voidAllowance'
        ? voidText(row.voidedAt ?? '', row.voidReason)
        : await allowanceText(reads, entry, record);
    if (contentHash(text) !== entry.contentHash) {
      breaks.push(breakAt(entry, `its document ${entry.subject} was changed`));
    }
  }
  return breaks;
}

/** The content that an entry of an allowance hashed: consent put another time into it. */
async function allowanceText(
  reads: StoreReads,
  entry: EntryRow,
  { row, content }: AllowanceRecord,
): Promise<string> {
  const consent = entry.verb === 'allow' ? await reads.findConsent(entry.seller, row.number) : null;
  return consent === null
    ? row.content
    : JSON.stringify({ ...content, allowedAt: consent.requestedAt });
}

async function changedPending(
  reads: StoreReads,
  seller: Ubn,
  entries: readonly EntryRow[],
): Promise<readonly ChainBreak[]> {
  const breaks: ChainBreak[] = [];
  for (const entry of entries) {
    if (entry.verb !== 'schedule' && entry.verb !== 'reschedule') continue;
    const [account = '', key = ''] = entry.subject.slice('pending/'.length).split('/');
    const row = await reads.findPendingIssue({ seller, account, key: decodeURIComponent(key) });
    if (row === null) breaks.push(breakAt(entry, `its ${entry.subject} is gone`));
    // An edit replaces what was scheduled before: only the last content is kept.
    else if (row.sequence === entry.sequence && contentHash(row.command) !== entry.contentHash) {
      breaks.push(breakAt(entry, `its ${entry.subject} was changed`));
    }
  }
  return breaks;
}

/** What an entry of a verb made, as it is stored now, and the text that the entry hashed. */
interface Kept<Row> {
  readonly verb: string;
  /** How the thing is called, from the entry's subject. */
  readonly name: (subject: string) => string;
  readonly find: (entry: EntryRow) => Promise<Row | null | undefined>;
  readonly text: (row: Row) => string;
}

async function changedOf<Row>(
  entries: readonly EntryRow[],
  { verb, name, find, text }: Kept<Row>,
): Promise<readonly ChainBreak[]> {
  const breaks: ChainBreak[] = [];
  for (const entry of entries) {
    if (entry.verb !== verb) continue;
    const row = await find(entry);
    if (row === null || row === undefined) {
      breaks.push(breakAt(entry, `${name(entry.subject)} is gone`));
    } else if (contentHash(text(row)) !== entry.contentHash) {
      breaks.push(breakAt(entry, `${name(entry.subject)} was changed`));
    }
  }
  return breaks;
}

async function changedKept(
  reads: StoreReads,
  seller: Ubn,
  entries: readonly EntryRow[],
): Promise<readonly ChainBreak[]> {
  const own = (subject: string): string => `its ${subject}`;
  return [
    ...(await changedOf(entries, {
      ...{ verb: 'notify', name: own, text: noticeText },
      find: ({ sequence }) => reads.findNotice(seller, sequence),
    })),
    ...(await changedOf(entries, {
      ...{ verb: 'recordPrint', name: own, text: printText },
      find: ({ sequence }) => reads.findPrint(seller, sequence),
    })),
    ...(await changedOf(entries, {
      ...{ verb: 'resendFiling', text: mendingText },
      name: (subject) => `the reason for ${subject}`,
      async find({ subject, sequence }) {
        const filing = Number(subject.slice('filing/'.length));
        const mendings = await reads.listMendings(seller, filing);
        return mendings.find((mending) => mending.sequence === sequence);
      },
    })),
  ];
}

/** Reports of numbers: `numbers/<period>/<message>/<track>/<type>/<version>`. */
async function changedReports(
  reads: StoreReads,
  seller: Ubn,
  entries: readonly EntryRow[],
): Promise<readonly ChainBreak[]> {
  const reports = entries.filter(({ subject }) => subject.startsWith('numbers/'));
  const contents = new Map<string, string>();
  const periods = new Set(reports.map(({ subject }) => parsePeriod(subject.split('/')[1] ?? '')));
  for (const period of periods) {
    if (period === undefined) continue;
    for (const row of await reads.listNumberReports(seller, period)) {
      contents.set(reportSubject(row), row.content);
    }
  }
  return reports.flatMap((entry) => {
    const content = contents.get(entry.subject);
    if (content === undefined) return [breakAt(entry, `its document ${entry.subject} is gone`)];
    const isSame = contentHash(content) === entry.contentHash;
    return isSame ? [] : [breakAt(entry, `its document ${entry.subject} was changed`)];
  });
}
