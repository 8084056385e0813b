/**
 * The InvoiceEnvelope in which Turnkey packs messages and the platform sends downloads (MOF schema, common
 * 4.0 and 4.1): who to whom, and a pack of messages of one type. Kaili reads it (E0501 comes in one) and
 * writes it for examples and tests; Turnkey makes its own.
 */

import type { MessageTable, MessageValue, RowList, ValueOf } from './message-table.ts';
import { type Element, parseXml, readChecked } from './read-message.ts';
import { type TableProblem, tableProblem } from './table-problem.ts';
import { writeElement } from './write-message.ts';
import { escapeXml } from './xml-text.ts';

const NAMESPACE = /^urn:GEINV:InvoiceEnvelope:\d+\.\d+$/;
/** Messages of one pack, by the schema. */
export const PACK_MAX = 1000;

export interface Envelope<Value> {
  /** Tax IDs of sender and receiver. */
  readonly from: string;
  readonly to: string;
  readonly messages: readonly Value[];
}
export type ReadEnvelope<Value> =
  | { readonly ok: true; readonly envelope: Envelope<Value> }
  | { readonly ok: false; readonly problems: readonly TableProblem[] };

/** The envelope and every message of its pack, each read and checked by the table. */
export function readEnvelope<Rows extends RowList>(
  table: MessageTable<Rows>,
  xml: string,
): ReadEnvelope<ValueOf<Rows>> {
  const root = parseXml(xml);
  if (typeof root === 'string') return refused(root);
  if (root.name !== 'InvoiceEnvelope' || !NAMESPACE.test(root.attributes.xmlns ?? '')) {
    return refused(`應為 InvoiceEnvelope，實際 ${root.name}`);
  }
  const pack = root.children.find(({ name }) => name === 'InvoicePack');
  if (pack === undefined) return refused('缺少 InvoicePack');
  const { messageType, count } = pack.attributes;
  if (messageType !== undefined && messageType !== table.message) {
    return refused(`InvoicePack 應為 ${table.message}，實際 ${messageType}`);
  }
  const isCounted = count === undefined || Number(count) === pack.children.length;
  if (!isCounted || pack.children.length === 0 || pack.children.length > PACK_MAX) {
    return refused(
      `InvoicePack 應有 ${count ?? `1 至 ${PACK_MAX}`} 筆，實際 ${pack.children.length} 筆`,
    );
  }
  const messages: ValueOf<Rows>[] = [];
  const problems: TableProblem[] = [];
  for (const [index, child] of pack.children.entries()) {
    const read = readChecked(table, child);
    if (read.ok) messages.push(read.value);
    else problems.push(...read.problems.map((problem) => at(index, problem)));
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, envelope: { from: partyOf(root, 'From'), to: partyOf(root, 'To'), messages } };
}

function refused(detail: string): {
  readonly ok: false;
  readonly problems: readonly TableProblem[];
} {
  return { ok: false, problems: [tableProblem('MIG-XML', '', '', detail)] };
}

function at(index: number, problem: TableProblem): TableProblem {
  return { ...problem, element: `InvoicePack[${index + 1}]/${problem.element}` };
}

function partyOf(root: Element, side: 'From' | 'To'): string {
  const party = root.children.find(({ name }) => name === side);
  return party?.children.find(({ name }) => name === 'PartyId')?.text?.trim() ?? '';
}

/** An envelope of one seller and the platform, by their tax IDs and routes. */
export function writeEnvelope(
  table: MessageTable,
  values: readonly MessageValue[],
  route: { readonly from: string; readonly to: string },
): string {
  const version = table.namespace.slice(table.namespace.lastIndexOf(':') + 1);
  const [from, to] = [escapeXml(route.from), escapeXml(route.to)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<InvoiceEnvelope xmlns="urn:GEINV:InvoiceEnvelope:4.1">',
    `  <From><PartyId>${from}</PartyId></From>`,
    `  <FromVAC><RoutingId>${from}</RoutingId></FromVAC>`,
    `  <To><PartyId>${to}</PartyId></To>`,
    `  <ToVAC><RoutingId>${to}</RoutingId></ToVAC>`,
    `  <InvoicePack messageType="${table.message}" count="${values.length}" version="${version}">`,
    ...values.map((value) => writeElement(table, value, '    ')),
    '  </InvoicePack>',
    '</InvoiceEnvelope>',
    '',
  ].join('\n');
}
