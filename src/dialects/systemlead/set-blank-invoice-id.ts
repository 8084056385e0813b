/**
 * Update/SetBlankInvoiceID: the seller's next unused number of a range; what follows it is blank. Sent
 * again for the same range, it replaces what was reported before.
 */
import type { JsonObject } from '#wire/exact-json.ts';
import { SET_BLANK_INVOICE_ID, SET_BLANK_INVOICE_ID_REQUEST } from '#wire/systemlead/blank.ts';
import type { FaultCode } from '../../domain/fault.ts';
import { parseTrack } from '../../domain/invoice-number.ts';
import { isWithin } from '../../domain/number-book.ts';
import { type Period, periodOfTerm, ROC_YEAR_OFFSET } from '../../domain/period.ts';
import type { ReportBlankCommand } from '../../ledger/ledger.ts';
import type { BlankRow, SegmentRow } from '../../ledger/rows.ts';
import {
  answerAll,
  type Endpoint,
  type Item,
  originOf,
  type Prepared,
  type Result,
} from './endpoint.ts';
import { MemberReader } from './read-members.ts';
import { malformed, type Refusal, refusal } from './refusal.ts';
import { segmentsOf } from './segments.ts';

const TEXTS: Readonly<Partial<Record<FaultCode, Refusal>>> = {
  BLANK_RANGE_INVALID: malformed('NextNumber'),
  BLANK_NUMBER_ISSUED: { code: 'E-INV-031', text: '區間內含已開立發票號碼' },
  BLANK_OVERLAP: { code: 'E-INV-032', text: '空白發票新增失敗，區間重疊' },
  BLANK_OUTSIDE_TRACKS: refusal('E-INV-023', '發票號碼不在授權字軌內'),
};

export const setBlankInvoiceId: Endpoint = {
  wire: SET_BLANK_INVOICE_ID,
  refused: (data, { text }) => ({
    ErrorMessage: text,
    ...(data === null ? {} : head(data)),
    BlankInvoiceBeginNo: '',
    BlankInvoiceEndNo: '',
    Message: text,
  }),
  async answer(items, context) {
    const segments = await segmentsOf(items, context);
    const prepared = items.map((item) => prepare(item, segments.get(item.caller.seller.ubn) ?? []));
    return answerAll(prepared, context.ledger.reportBlank, {
      done: ({ blank }, index) => ({
        ErrorMessage: null,
        ...head(items[index]?.data ?? {}),
        ...shown(blank),
      }),
      refused: (why, index) => setBlankInvoiceId.refused(items[index]?.data ?? null, why),
      refusalOf(fault) {
        const found = TEXTS[fault.code];
        if (found === undefined) throw new Error(`no answer to ${fault.code} of a blank report`);
        return found;
      },
    });
  },
};

function shown(blank: BlankRow | null): Result {
  const text = (position: number) => String(position).padStart(8, '0');
  return {
    BlankInvoiceBeginNo: blank === null ? '' : text(blank.first),
    BlankInvoiceEndNo: blank === null ? '' : text(blank.last),
  };
}

function head(data: JsonObject): Result {
  const reader = new MemberReader(SET_BLANK_INVOICE_ID_REQUEST, data);
  return {
    CompanyID: reader.sent('CompanyID'),
    YearMonth: periodOfReader(reader),
    InvoiceWord: reader.sent('Word'),
  };
}

/** The period of year and month; an odd month means the period that it begins. */
export function periodOfStage(year: string, month: string): Period | undefined {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month)) return undefined;
  return periodOfTerm(Number(year) - ROC_YEAR_OFFSET, Math.ceil(Number(month) / 2));
}

function periodOfReader(
  reader: MemberReader<typeof SET_BLANK_INVOICE_ID_REQUEST>,
): Period | undefined {
  return periodOfStage(reader.text('StageYear'), reader.text('StageMonth'));
}

function prepare(item: Item, segments: readonly SegmentRow[]): Prepared<ReportBlankCommand> {
  const reader = new MemberReader(SET_BLANK_INVOICE_ID_REQUEST, item.data);
  const company = reader.needed('CompanyID');
  if (company !== '' && company !== item.caller.account.localId) {
    reader.refuse(refusal('E-INV-903', '賣方統編與授權公司不符'));
  }
  const track = parseTrack(reader.neededIdentifier('Word').toUpperCase());
  reader.neededIdentifier('StageYear');
  reader.neededIdentifier('StageMonth');
  const period = periodOfReader(reader);
  const [first, last, next] = [
    Number(reader.neededIdentifier('StartNumber')),
    Number(reader.neededIdentifier('EndNumber')),
    Number(reader.neededIdentifier('NextNumber')),
  ];
  if (reader.refusal !== null) return { command: null, refusal: reader.refusal };
  if (track === undefined) return { command: null, refusal: malformed('Word') };
  if (period === undefined) return { command: null, refusal: malformed('StageMonth') };
  const holding = segments.find(
    (row) => row.period === period && row.track === track && isWithin(row, first),
  );
  const invoiceType = holding?.invoiceType ?? '07';
  return {
    refusal: null,
    command: { ...originOf(item), period, track, first, last, next, invoiceType },
  };
}
