/**
 * Finds the packed envelope that a result speaks of and lists its members: a result "00000" names no
 * invoice, only the envelope. Envelopes lie in Pack/BAK (clear) and SendFile/BAK (as sent, perhaps
 * signed); the file's name holds the envelope's id. Without the envelope the daily SummaryResult decides.
 */
import { join } from 'node:path';
import { branchNumbersText, numbersText } from '../../ledger/number-report.ts';
import type { FileSystem } from './file-system.ts';
import { child, childNames, children, readXml, text, XML_BYTES_MAX } from './read-xml.ts';
import { addDays } from './taipei-days.ts';

/** A message inside an envelope, as results name it. */
export interface EnvelopeMember {
  readonly seller: string;
  readonly number: string;
  /** `yyyyMMdd`. */
  readonly date: string;
}

/** Where number and date of a member stand (MIG 4.1); dates are those by which results name it. */
const MEMBER_KEYS: Readonly<Record<string, { number: string; date: string }>> = {
  F0401: { number: 'InvoiceNumber', date: 'InvoiceDate' },
  F0501: { number: 'CancelInvoiceNumber', date: 'CancelDate' },
  F0701: { number: 'VoidInvoiceNumber', date: 'VoidDate' },
  G0401: { number: 'AllowanceNumber', date: 'AllowanceDate' },
  G0501: { number: 'CancelAllowanceNumber', date: 'CancelDate' },
  A0101: { number: 'InvoiceNumber', date: 'InvoiceDate' },
  A0102: { number: 'InvoiceNumber', date: 'ReceiveDate' },
  A0201: { number: 'CancelInvoiceNumber', date: 'CancelDate' },
  A0202: { number: 'CancelInvoiceNumber', date: 'CancelDate' },
  A0301: { number: 'RejectInvoiceNumber', date: 'RejectDate' },
  A0302: { number: 'RejectInvoiceNumber', date: 'RejectDate' },
  B0101: { number: 'AllowanceNumber', date: 'AllowanceDate' },
  B0102: { number: 'AllowanceNumber', date: 'ReceiveDate' },
  B0201: { number: 'CancelAllowanceNumber', date: 'CancelDate' },
  B0202: { number: 'CancelAllowanceNumber', date: 'CancelDate' },
  E0401: { number: 'InvoiceTrack', date: '' },
  E0402: { number: 'InvoiceTrack', date: '' },
};

/** Messages that the buyer sends. */
const OF_BUYER: ReadonlySet<string> = new Set(['A0102', 'A0202', 'A0301', 'B0102', 'B0202']);

const ENVELOPE_ID = /^[0-9A-Za-z][0-9A-Za-z.-]{15,99}$/;
const ID_TIME = /-(\d{8})-(\d{6})\d{0,3}-/;
const FOLDER_DEPTH_MAX = 2;

/** When Turnkey made the envelope, `yyyyMMddHHmmss` in Taipei; null where the id does not say. */
export function envelopeTime(envelopeId: string): string | null {
  const match = ID_TIME.exec(envelopeId);
  return match === null ? null : `${match[1]}${match[2]}`;
}

/** Members in order of the envelope ("No. n" counts from 1); null where it is no readable envelope. */
export function parseEnvelope(
  bytes: Uint8Array,
  message: string,
): readonly EnvelopeMember[] | null {
  const reading = readXml(bytes);
  const keys = MEMBER_KEYS[message];
  if (!reading.ok || reading.name !== 'InvoiceEnvelope' || keys === undefined) return null;
  const pack = child(reading.root, 'InvoicePack');
  return childNames(pack).flatMap((name) =>
    children(pack, name).map((member) => {
      const head = child(member, 'Main') ?? member;
      if (name === 'BranchTrack') return branchMember(head);
      if (name === 'BranchTrackBlank') return blanksMember(head);
      return {
        // Whose filing it is: a buyer's answers are the buyer's.
        seller: OF_BUYER.has(message)
          ? text(head, 'BuyerId')
          : text(head, 'Seller', 'Identifier') || text(head, 'SellerId'),
        number: text(head, keys.number),
        date: text(head, keys.date),
      };
    }),
  );
}

/** A number message has no number and no day: results name it by tax ID, track and type. */
function blanksMember(head: unknown): EnvelopeMember {
  const [track, invoiceType] = [text(head, 'InvoiceTrack'), text(head, 'InvoiceType')];
  return { seller: text(head, 'BranchBan'), number: numbersText(track, invoiceType), date: '' };
}

/** Sent by the head office, about the branch. */
function branchMember(head: unknown): EnvelopeMember {
  const [track, invoiceType] = [text(head, 'InvoiceTrack'), text(head, 'InvoiceType')];
  const number = branchNumbersText(track, invoiceType, text(head, 'BranchBan'));
  return { seller: text(head, 'HeadBan'), number, date: '' };
}

/** Looks envelopes up by id; folders are listed once per finder, so make one for each pass. */
export class EnvelopeFinder {
  readonly #files: FileSystem;
  readonly #folders: readonly string[];
  readonly #names = new Map<string, readonly string[]>();

  constructor(files: FileSystem, folders: readonly string[]) {
    this.#files = files;
    this.#folders = folders;
  }

  /** Null where no readable envelope of that id lies about. */
  async members(envelopeId: string, message: string): Promise<readonly EnvelopeMember[] | null> {
    const time = envelopeTime(envelopeId);
    if (!ENVELOPE_ID.test(envelopeId) || time === null) return null;
    const day = time.slice(0, 8);
    for (const folder of this.#folders) {
      // Packed around midnight, or by a machine whose clock is a little off.
      for (const candidate of [day, addDays(day, 1), addDays(day, -1)]) {
        const paths = await this.#pathsIn(join(folder, candidate), FOLDER_DEPTH_MAX);
        for (const path of paths) {
          if (!path.includes(envelopeId)) continue;
          const bytes = await this.#files.read(path, XML_BYTES_MAX);
          const members = typeof bytes === 'string' ? null : parseEnvelope(bytes, message);
          if (members !== null) return members;
        }
      }
    }
    return null;
  }

  async #pathsIn(folder: string, depth: number): Promise<readonly string[]> {
    const known = this.#names.get(folder);
    if (known !== undefined) return known;
    const paths: string[] = [];
    if ((await this.#files.facts(folder))?.kind === 'folder') {
      for (const entry of await this.#files.list(folder)) {
        const path = join(folder, entry.name);
        if (entry.kind === 'file') paths.push(path);
        else if (entry.kind === 'folder' && depth > 1) {
          paths.push(...(await this.#pathsIn(path, depth - 1)));
        }
      }
    }
    this.#names.set(folder, paths);
    return paths;
  }
}
