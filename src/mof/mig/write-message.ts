/**
 * Writes a message as the file that Turnkey takes: UTF-8 XML, namespace and schema location of its table,
 * elements in the order of the table, absent ones left out. It promises well-formed XML and nothing
 * about the content: check the value first.
 */
import type { MessageTable, MessageValue, RowList } from './message-table.ts';
import { escapeXml } from './xml-text.ts';

const INDENT = '  ';
export const SCHEMA_INSTANCE_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** The whole file; the caller writes it as UTF-8 without a byte-order mark. */
export function writeMessage(table: MessageTable, value: MessageValue): string {
  const { namespace } = table;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    // Attributes in the order of the Ministry's own samples.
    `<${table.root} xsi:schemaLocation="${namespace} ${table.message}.xsd"` +
      ` xmlns="${namespace}" xmlns:xsi="${SCHEMA_INSTANCE_NAMESPACE}">`,
  ];
  writeRows(lines, INDENT, table.rows, value);
  lines.push(`</${table.root}>`, '');
  return lines.join('\n');
}

/** A message as it stands inside an envelope: its own namespace, no declaration. */
export function writeElement(table: MessageTable, value: MessageValue, indent: string): string {
  const lines = [`${indent}<${table.root} xmlns="${table.namespace}">`];
  writeRows(lines, indent + INDENT, table.rows, value);
  lines.push(`${indent}</${table.root}>`);
  return lines.join('\n');
}

function writeRows(lines: string[], indent: string, rows: RowList, value: MessageValue): void {
  for (const row of rows) {
    const node = value[row.name];
    if (row.shape === 'leaf') {
      if (typeof node === 'string') {
        lines.push(`${indent}<${row.name}>${escapeXml(node)}</${row.name}>`);
      }
      continue;
    }
    if (node === undefined || typeof node === 'string') continue;
    for (const item of isList(node) ? node : [node]) {
      lines.push(`${indent}<${row.name}>`);
      writeRows(lines, indent + INDENT, row.rows, item);
      lines.push(`${indent}</${row.name}>`);
    }
  }
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isList(
  node: MessageValue | readonly MessageValue[],
): node is readonly MessageValue[] {
  return Array.isArray(node);
}
