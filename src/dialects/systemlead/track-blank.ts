/**
 * Append/TrackBlank: ranges of numbers that were never issued, in the Ministry's own member names (E0402).
 * Each range is stored or not by itself, and says so; a request whose head is wrong stores none.
 */
import type { JsonObject } from '#wire/exact-json.ts';
import { BLANK_RANGE, TRACK_BLANK, TRACK_BLANK_REQUEST } from '#wire/systemlead/blank.ts';
import type { Fault, FaultCode } from '../../domain/fault.ts';
import { parseTrack } from '../../domain/invoice-number.ts';
import { parsePeriod } from '../../domain/period.ts';
import type { DeclareBlankCommand } from '../../ledger/ledger.ts';
import type { DialectContext } from '../dialect.ts';
import { type Endpoint, type Item, LedgerBusy, originOf, type Result } from './endpoint.ts';
import { MemberReader } from './read-members.ts';
import { malformed, type Refusal, refusal } from './refusal.ts';

const STORED = '空白發票新增成功';
const KNOWN = '空白發票新增失敗，請確認是否有輸入相同區間';
const NUMBER_MALFORMED = '發票號碼格式錯誤';

const TEXTS: Readonly<Partial<Record<FaultCode, string>>> = {
  BLANK_RANGE_INVALID: '發票迄號必須大於或等於起號',
  BLANK_RANGE_KNOWN: KNOWN,
  BLANK_NUMBER_ISSUED: '空白發票新增失敗，區間內含已開立發票號碼',
  BLANK_OVERLAP: '空白發票新增失敗，區間重疊',
  BLANK_OUTSIDE_TRACKS: '空白發票新增失敗，區間不在授權字軌內',
};

type Head = Pick<DeclareBlankCommand, 'period' | 'track' | 'invoiceType'>;

/** One range of one request: its text once it is known, or the command that will tell. */
interface Range {
  readonly item: number;
  readonly begin: string;
  readonly end: string;
  readonly command: DeclareBlankCommand | null;
  text: string;
}

export const trackBlank: Endpoint = {
  wire: TRACK_BLANK,
  refused(data, why) {
    if (data === null) return { Message: why.text };
    const ranges = rangesOf(data).map((range) => ({ ...range, Message: why.text, Status: 'E' }));
    const items = ranges.length === 0 ? {} : { Items: ranges };
    return { ...echo(data), ...items, Message: why.text };
  },
  async answer(items, context) {
    const heads = items.map(headOf);
    const ranges = items.flatMap((item, index) => {
      const head = heads[index];
      return head === undefined || 'text' in head ? [] : readRanges(item, index, head);
    });
    await declare(ranges, context);
    return items.map((item, index): Result => {
      const head = heads[index];
      if (head === undefined || 'text' in head) {
        return trackBlank.refused(item.data, head ?? malformed('Data'));
      }
      const own = ranges.filter((range) => range.item === index);
      return {
        ...echo(item.data),
        Items: own.map(({ begin, end, text }) => ({
          InvoiceBeginNo: begin,
          InvoiceEndNo: end,
          Message: text,
          Status: text === STORED ? 'C' : 'E',
        })),
      };
    });
  },
};

function echo(data: JsonObject): Result {
  const reader = new MemberReader(TRACK_BLANK_REQUEST, data);
  return {
    HeadBan: reader.sent('HeadBan'),
    BranchBan: reader.sent('BranchBan'),
    InvoiceType: reader.sent('InvoiceType'),
    YearMonth: reader.sent('YearMonth'),
    InvoiceTrack: reader.sent('InvoiceTrack'),
  };
}

function headOf({ data, caller }: Item): Head | Refusal {
  const reader = new MemberReader(TRACK_BLANK_REQUEST, data);
  const [head, branch] = [reader.needed('HeadBan'), reader.needed('BranchBan')];
  const isOwn = head === caller.account.localId && branch === head;
  if (head !== '' && branch !== '' && !isOwn) {
    reader.refuse(refusal('E-INV-903', '賣方統編與授權公司不符'));
  }
  const type = reader.needed('InvoiceType').padStart(2, '0');
  if (type !== '07' && type !== '08') reader.refuse(malformed('InvoiceType'));
  const period = parsePeriod(reader.needed('YearMonth'));
  if (period === undefined) reader.refuse({ code: 'E-INV-001', text: '發票期別格式錯誤' });
  const track = parseTrack(reader.needed('InvoiceTrack').toUpperCase());
  if (track === undefined) reader.refuse(malformed('InvoiceTrack'));
  reader.rows('Items');
  if (reader.refusal !== null) return reader.refusal;
  if (period === undefined || track === undefined) return malformed('YearMonth');
  return { period, track, invoiceType: type === '08' ? '08' : '07' };
}

function rangesOf(data: JsonObject) {
  return new MemberReader(TRACK_BLANK_REQUEST, data).rows('Items').map((row) => {
    const reader = new MemberReader(BLANK_RANGE, row);
    return {
      InvoiceBeginNo: reader.sent('InvoiceBeginNo'),
      InvoiceEndNo: reader.sent('InvoiceEndNo'),
    };
  });
}

function readRanges(item: Item, index: number, head: Head): Range[] {
  return new MemberReader(TRACK_BLANK_REQUEST, item.data).rows('Items').map((row) => {
    const reader = new MemberReader(BLANK_RANGE, row);
    const [begin, end] = [reader.text('InvoiceBeginNo'), reader.text('InvoiceEndNo')];
    const isRange = [begin, end].every((text) => /^\d{8}$/.test(text));
    const command = isRange
      ? { ...originOf(item), ...head, first: Number(begin), last: Number(end) }
      : null;
    return { item: index, begin, end, command, text: isRange ? '' : NUMBER_MALFORMED };
  });
}

/** Declares the ranges; of one that a request names several times only the last is tried. */
async function declare(ranges: readonly Range[], { ledger }: DialectContext): Promise<void> {
  const last = new Map<string, Range>();
  for (const range of ranges) {
    const { command } = range;
    if (command === null || command.last < command.first) continue;
    const { seller, period, track, first } = command;
    const key = JSON.stringify([seller, period, track, first, command.last]);
    const before = last.get(key);
    if (before !== undefined) before.text = KNOWN;
    last.set(key, range);
  }
  const open = ranges.filter(({ text }) => text === '');
  const commands = open.flatMap(({ command }) => (command === null ? [] : [command]));
  if (commands.length === 0) return;
  const outcomes = await ledger.declareBlank(commands);
  open.forEach((range, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error('the ledger answered fewer ranges than it got');
    range.text = outcome.ok ? STORED : textOf(outcome.faults[0]);
  });
}

function textOf(fault: Fault | undefined): string {
  if (fault?.code === 'BUSY') throw new LedgerBusy(fault.hint);
  const text = fault === undefined ? undefined : TEXTS[fault.code];
  if (text === undefined) throw new Error(`no answer to ${fault?.code} of a blank range`);
  return text;
}
