/**
 * Reads a message's file back to the value of its table. It consults no document type and no entity,
 * and reports what the file does to the table's shape: unknown, repeated, misplaced elements. Content
 * is left to `checkTable`. Order is demanded as in the table although the schemas leave most of it
 * free: another copy of the schemas in circulation insists on it.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type XmlBreach, xmlBreach } from '../xml-guard.ts';
import { checkTable } from './check-table.ts';
import type { MessageTable, MessageValue, RowList, ValueOf } from './message-table.ts';
import { pathOf, type TableProblem, tableProblem } from './table-problem.ts';
import { MESSAGE_BYTES_MAX } from './types.ts';
import { unescapeXml } from './xml-text.ts';

/** 9,999 items of eleven fields, twice over; each element costs the parser memory. */
const ELEMENTS_MAX = 250_000;
const BREACHES: Readonly<Record<XmlBreach, string>> = {
  nul: '含有 NUL 字元',
  'document-type': '不接受文件型別宣告',
  'long-tag': '標籤過長或未結束',
  'too-many-elements': `元素超過 ${ELEMENTS_MAX} 個`,
};

export interface ReadMessage {
  /** Null where the file is no message of this table at all. */
  readonly value: MessageValue | null;
  readonly problems: readonly TableProblem[];
}

/** An element as parsed: its children in order, or its text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Undefined where it holds an entity that XML itself does not define. */
  readonly text: string | undefined;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: CDATA,
});

export function readMessage(table: MessageTable, xml: string): ReadMessage {
  const root = parseXml(xml);
  return typeof root === 'string' ? unreadable(root) : readElement(table, root);
}

/** The same of an element that stands inside another file (an envelope's pack). */
export function readElement(table: MessageTable, root: Element): ReadMessage {
  const { namespace } = table;
  if (root.name !== table.root) return unreadable(`根元素應為 ${table.root}，實際 ${root.name}`);
  if (root.attributes.xmlns !== namespace) return unreadable(`命名空間應為 ${namespace}`);
  const problems: TableProblem[] = [];
  return { value: readRows(problems, '', table.rows, root), problems };
}

export type CheckedMessage<Rows extends RowList> =
  | { readonly ok: true; readonly value: ValueOf<Rows> }
  | { readonly ok: false; readonly problems: readonly TableProblem[] };

/**
 * Reads a received file and checks its value: what comes back whole is of the table's type. Another order
 * of elements is taken: the schemas leave it free, and the Ministry's own B0201 sample uses it.
 */
export function readChecked<Rows extends RowList>(
  table: MessageTable<Rows>,
  source: string | Element,
): CheckedMessage<Rows> {
  const read = typeof source === 'string' ? readMessage(table, source) : readElement(table, source);
  const found = read.value === null ? [] : checkTable(table, read.value);
  const problems = [...read.problems, ...found].filter(({ rule }) => rule !== 'MIG-ORDER');
  if (problems.length > 0) return { ok: false, problems };
  // The table check has just shown every element of the type to be there and in form.
  return { ok: true, value: read.value as ValueOf<Rows> };
}

function unreadable(detail: string): ReadMessage {
  return { value: null, problems: [tableProblem('MIG-XML', '', '', detail)] };
}

/** The root element, or why there is none. */
export function parseXml(xml: string): Element | string {
  if (xml.length > MESSAGE_BYTES_MAX) return '檔案超過 20 MB';
  const breach = xmlBreach(xml, ELEMENTS_MAX);
  if (breach !== null) return BREACHES[breach];
  // XML 1.0 section 2.11: a parser sees every line end as a line feed.
  const normal = xml.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const verdict = XMLValidator.validate(normal);
  if (verdict !== true) return `第 ${verdict.err.line} 行不是正確的 XML`;
  const elements = elementsOf(parsed(normal));
  const root = elements[0];
  return root !== undefined && elements.length === 1 ? root : '應只有一個根元素';
}

/** The library's result is of unknown shape: `elementsOf` takes nothing on trust. */
function parsed(xml: string): unknown {
  try {
    return parser.parse(xml);
  } catch {
    // Its own limits (depth, reserved names) are reported as errors without a type of their own.
    return [];
  }
}

/** The elements of the parser's ordered output: `[{ Name: [...], ':@': {...} }, { '#text': '…' }]`. */
function elementsOf(nodes: unknown): readonly Element[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    if (typeof node !== 'object' || node === null) return [];
    const entries = Object.entries(node);
    const own = entries.find(([key]) => key !== ATTRIBUTES);
    if (own === undefined || own[0] === TEXT || own[0] === CDATA) return [];
    const [name, content] = own;
    const attributes = entries.find(([key]) => key === ATTRIBUTES)?.[1];
    return [
      {
        name,
        attributes: isTexts(attributes) ? attributes : {},
        children: elementsOf(content),
        text: textOf(content),
      },
    ];
  });
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}

/** The text directly inside an element; a CDATA section stands for itself, entities and all. */
function textOf(nodes: unknown): string | undefined {
  if (!Array.isArray(nodes)) return '';
  let text = '';
  for (const node of nodes) {
    if (typeof node !== 'object' || node === null) continue;
    if (TEXT in node) {
      const piece = unescapeXml(String(node[TEXT]));
      if (piece === undefined) return undefined;
      text += piece;
    } else if (CDATA in node && Array.isArray(node[CDATA])) {
      const inner: unknown = node[CDATA][0];
      if (typeof inner === 'object' && inner !== null && TEXT in inner) text += String(inner[TEXT]);
    }
  }
  return text;
}

function readRows(
  problems: TableProblem[],
  path: string,
  rows: RowList,
  parent: Element,
): MessageValue {
  const value: Record<string, string | MessageValue | MessageValue[]> = {};
  let last = -1;
  if (parent.text?.trim() !== '') {
    problems.push(tableProblem('MIG-FORMAT', path, '', '欄位之間不可有文字'));
  }
  for (const child of parent.children) {
    const index = rows.findIndex((row) => row.name === child.name);
    const row = rows[index];
    const element = pathOf(path, child.name);
    if (row === undefined) {
      problems.push(tableProblem('MIG-UNKNOWN', element, '', '請移除'));
      continue;
    }
    if (index < last) {
      problems.push(tableProblem('MIG-ORDER', element, row.label, '請依規格順序排列'));
    }
    last = Math.max(last, index);
    const earlier = value[row.name];
    if (row.shape === 'list') {
      const items = Array.isArray(earlier) ? earlier : [];
      items.push(readRows(problems, pathOf(path, row.name, items.length + 1), row.rows, child));
      value[row.name] = items;
    } else if (earlier !== undefined) {
      problems.push(tableProblem('MIG-DUPLICATE', element, row.label, '只能出現一次'));
    } else {
      value[row.name] =
        row.shape === 'group'
          ? readRows(problems, element, row.rows, child)
          : readLeaf(problems, element, child);
    }
  }
  // A list that may be empty is there all the same, as its type says.
  for (const row of rows) if (row.shape === 'list' && row.itemsMin === 0) value[row.name] ??= [];
  return value;
}

function readLeaf(problems: TableProblem[], element: string, child: Element): string {
  if (child.children.length > 0) {
    problems.push(tableProblem('MIG-FORMAT', element, '', '不可有下層欄位'));
  }
  if (child.text === undefined) {
    problems.push(tableProblem('MIG-XML', element, '', '含有未定義的實體'));
  }
  return child.text ?? '';
}
