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
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    // Attributes in the order of the Ministry's own samples.
    `<${table.root} xsi:schemaLocation="${namespace} ${table.message}.xsd"` +
    ` xmlns="${namespace}" xmlns:xsi="${SCHEMA_INSTANCE_NAMESPACE}">\n` +
    `${textOf(tagsOf(table.rows, INDENT), value)}</${table.root}>\n`
  );
}

/** A message as it stands inside an envelope: its own namespace, no declaration. */
export function writeElement(table: MessageTable, value: MessageValue, indent: string): string {
  const text = textOf(tagsOf(table.rows, indent + INDENT), value);
  return `${indent}<${table.root} xmlns="${table.namespace}">\n${text}${indent}</${table.root}>`;
}

/** What stands around a row's content, and the rows in it. */
interface Tags {
  readonly name: string;
  readonly isLeaf: boolean;
  readonly open: string;
  readonly close: string;
  readonly below: readonly Tags[];
}

/** Made once for each table and indent, of which there are two. */
const tagsByRows = new WeakMap<RowList, Map<string, readonly Tags[]>>();

function tagsOf(rows: RowList, indent: string): readonly Tags[] {
  const byIndent = tagsByRows.get(rows) ?? new Map<string, readonly Tags[]>();
  tagsByRows.set(rows, byIndent);
  const known = byIndent.get(indent);
  if (known !== undefined) return known;
  const tags = rows.map((row) => {
    const [open, close] = [`${indent}<${row.name}>`, `</${row.name}>\n`];
    return row.shape === 'leaf'
      ? { name: row.name, isLeaf: true, open, close, below: [] }
      : {
          ...{ name: row.name, isLeaf: false, open: `${open}\n`, close: indent + close },
          below: tagsOf(row.rows, indent + INDENT),
        };
  });
  byIndent.set(indent, tags);
  return tags;
}

function textOf(tags: readonly Tags[], value: MessageValue): string {
  let text = '';
  for (const { name, isLeaf, open, close, below } of tags) {
    const node = value[name];
    if (isLeaf) {
      if (typeof node === 'string') text += open + escapeXml(node) + close;
      continue;
    }
    if (node === undefined || typeof node === 'string') continue;
    for (const item of isList(node) ? node : [node]) text += open + textOf(below, item) + close;
  }
  return text;
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isList(
  node: MessageValue | readonly MessageValue[],
): node is readonly MessageValue[] {
  return Array.isArray(node);
}
