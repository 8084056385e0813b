/**
 * SummaryResult: the platform's daily count of what it took and refused. What the platform sends and what
 * the schema that it ships says differ (`ResultType` with `ResultDetailType` and `Invoice` against `Result`
 * with `Invocie`); both shapes have a table, and `readSummary` takes both.
 */
import type { MigMessage } from './message-table.ts';
import {
  group,
  list,
  messageTable,
  optionalGroup,
  type RowList,
  required,
  type ValueOf,
} from './message-table.ts';
import { parseXml, readChecked } from './read-message.ts';
import { ANSWERED_MESSAGES, RESULT_TEXT, ROUTING_INFO } from './result-rows.ts';
import type { TableProblem } from './table-problem.ts';
import { count, DATE, text } from './types.ts';

/** Envelopes that one summary may speak of, by the schema. */
const MESSAGES_MAX = 5000;
/** Numbers of one envelope: a pack holds a thousand. */
const NUMBERS_MAX = 1000;
const COUNT = count(10);
const NAMESPACE = 'urn:GEINV:SummaryResult:4.0';

const INFO = group('Info', '訊息資訊', [
  required('Id', '訊息識別碼', RESULT_TEXT),
  required('Size', '大小', COUNT),
  required('MessageType', '訊息類別', ANSWERED_MESSAGES),
  required('Service', '服務', RESULT_TEXT),
  required('Action', '作業', RESULT_TEXT),
]);

const DETAIL = [
  group('ResultDetailType', '統計', [
    required('Count', '筆數', COUNT),
    optionalGroup('Invoices', '號碼清單', [
      list('Invoice', '號碼', NUMBERS_MAX, [
        required('ReferenceNumber', '發票或折讓證明單號碼', text(1, 16)),
        required('InvoiceDate', '日期', DATE),
      ]),
    ]),
  ]),
] as const;

const DETAIL_BY_SCHEMA = [
  required('Count', '筆數', COUNT),
  list(
    'Invoices',
    '號碼清單',
    NUMBERS_MAX,
    [
      group('Invocie', '號碼', [
        required('ReferenceNumber', '發票或折讓證明單號碼', text(10, 16)),
        required('InvoiceDate', '日期', text(10, 10, /^\d{4}-\d{2}-\d{2}$/)),
      ]),
    ],
    0,
  ),
] as const;

function parts<const Rows extends RowList>(rows: Rows) {
  return [
    group('Total', '全部', rows),
    group('Good', '成功', rows),
    group('Failed', '失敗', rows),
  ] as const;
}

/** As the platform sends it. */
export const SUMMARY_RESULT = messageTable(
  'SummaryResult',
  'SummaryResult',
  [
    ROUTING_INFO,
    group('DetailList', '統計清單', [
      list('Message', '訊息', MESSAGES_MAX, [INFO, group('ResultType', '結果', parts(DETAIL))]),
    ]),
  ],
  { namespace: NAMESPACE, title: 'SummaryResult' },
);
export type SummaryResultValue = ValueOf<typeof SUMMARY_RESULT.rows>;

/** As the shipped schema says. */
export const SUMMARY_RESULT_BY_SCHEMA = messageTable(
  'SummaryResult',
  'SummaryResult',
  [
    ROUTING_INFO,
    group('DetailList', '統計清單', [
      list('Message', '訊息', MESSAGES_MAX, [
        INFO,
        group('Result', '結果', parts(DETAIL_BY_SCHEMA)),
      ]),
    ]),
  ],
  { namespace: NAMESPACE, title: 'SummaryResult by its schema' },
);
export type SummaryResultBySchemaValue = ValueOf<typeof SUMMARY_RESULT_BY_SCHEMA.rows>;

export interface SummaryReference {
  readonly number: string;
  /** `yyyyMMdd`. */
  readonly date: string;
}
export interface SummaryPart {
  readonly count: number;
  readonly references: readonly SummaryReference[];
}
/** What the platform counted of one envelope. */
export interface SummaryMessage {
  readonly envelopeId: string;
  readonly message: MigMessage;
  readonly total: SummaryPart;
  readonly good: SummaryPart;
  readonly failed: SummaryPart;
}
export type ReadSummary =
  | { readonly ok: true; readonly messages: readonly SummaryMessage[] }
  | { readonly ok: false; readonly problems: readonly TableProblem[] };

/** A summary in either shape. */
export function readSummary(xml: string): ReadSummary {
  const root = parseXml(xml);
  if (typeof root !== 'string') {
    const list = root.children.find(({ name }) => name === 'DetailList');
    const isBySchema = list?.children.some(({ children }) =>
      children.some(({ name }) => name === 'Result'),
    );
    if (isBySchema === true) {
      const read = readChecked(SUMMARY_RESULT_BY_SCHEMA, root);
      return read.ok ? { ok: true, messages: messagesBySchema(read.value) } : read;
    }
  }
  const read = readChecked(SUMMARY_RESULT, typeof root === 'string' ? xml : root);
  return read.ok ? { ok: true, messages: messagesOf(read.value) } : read;
}

type Info = SummaryResultValue['DetailList']['Message'][number]['Info'];

function nameOf(info: Info) {
  // The table's choice of codes is made of messages of this type.
  return { envelopeId: info.Id, message: info.MessageType as MigMessage };
}

function messagesOf({ DetailList }: SummaryResultValue): readonly SummaryMessage[] {
  const partOf = ({ ResultDetailType: { Count, Invoices } }: ValueOf<typeof DETAIL>) => ({
    count: Number(Count),
    references: (Invoices?.Invoice ?? []).map(({ ReferenceNumber, InvoiceDate }) => ({
      number: ReferenceNumber,
      date: InvoiceDate,
    })),
  });
  return DetailList.Message.map(({ Info, ResultType: { Total, Good, Failed } }) => ({
    ...nameOf(Info),
    total: partOf(Total),
    good: partOf(Good),
    failed: partOf(Failed),
  }));
}

function messagesBySchema({ DetailList }: SummaryResultBySchemaValue): readonly SummaryMessage[] {
  const partOf = ({ Count, Invoices }: ValueOf<typeof DETAIL_BY_SCHEMA>) => ({
    count: Number(Count),
    references: Invoices.map(({ Invocie: { ReferenceNumber, InvoiceDate } }) => ({
      number: ReferenceNumber,
      date: InvoiceDate.replaceAll('-', ''),
    })),
  });
  return DetailList.Message.map(({ Info, Result: { Total, Good, Failed } }) => ({
    ...nameOf(Info),
    total: partOf(Total),
    good: partOf(Good),
    failed: partOf(Failed),
  }));
}
