/**
 * Checks a message's value against its table: everything that the Ministry's schema would refuse, and
 * three things it lets pass that are wrong all the same (a day that no calendar has, a time with zone or
 * fraction, a number in an unusual spelling). All problems are returned, not the first.
 */
import type {
  ElementType,
  Group,
  Leaf,
  List,
  MessageNode,
  MessageTable,
  MessageValue,
  RowList,
} from './message-table.ts';
import { pathOf, type TableProblem, tableProblem } from './table-problem.ts';
import { isList } from './write-message.ts';
import { isXmlText } from './xml-text.ts';

/** Longest piece of a refused code or number that a problem's text repeats. */
const GOT_LENGTH_MAX = 24;

export function checkTable(table: MessageTable, value: MessageValue): readonly TableProblem[] {
  const problems: TableProblem[] = [];
  checkRows(problems, '', table.rows, value);
  return problems;
}

function checkRows(
  problems: TableProblem[],
  path: string,
  rows: RowList,
  value: MessageValue,
): void {
  const names = new Set(rows.map((row) => row.name));
  for (const name of Object.keys(value)) {
    if (names.has(name) || value[name] === undefined) continue;
    problems.push(tableProblem('MIG-UNKNOWN', pathOf(path, name), '', '請移除'));
  }
  for (const row of rows) {
    const node = value[row.name];
    const element = pathOf(path, row.name);
    if (row.shape === 'leaf') checkLeaf(problems, element, row, node);
    else if (row.shape === 'group') checkGroup(problems, element, row, node);
    else checkList(problems, path, row, node);
  }
}

function checkLeaf(problems: TableProblem[], element: string, row: Leaf, node: MessageNode): void {
  if (node === undefined) {
    if (row.isRequired) problems.push(missing(element, row.label));
    return;
  }
  if (typeof node !== 'string') {
    problems.push(tableProblem('MIG-FORMAT', element, row.label, '應為單一欄位，不可有下層欄位'));
    return;
  }
  if (!isXmlText(node)) {
    problems.push(
      tableProblem('MIG-CHARACTER', element, row.label, '請移除控制字元或不完整的字元'),
    );
    return;
  }
  const problem = checkText(element, row.label, row.type, node);
  if (problem !== null) problems.push(problem);
}

function checkGroup(
  problems: TableProblem[],
  element: string,
  row: Group,
  node: MessageNode,
): void {
  if (node === undefined) {
    if (row.isRequired) problems.push(missing(element, row.label));
  } else if (typeof node === 'string' || isList(node)) {
    problems.push(tableProblem('MIG-FORMAT', element, row.label, '應為一組欄位'));
  } else {
    checkRows(problems, element, row.rows, node);
  }
}

function checkList(problems: TableProblem[], path: string, row: List, node: MessageNode): void {
  const element = pathOf(path, row.name);
  if (typeof node === 'string' || (node !== undefined && !isList(node))) {
    problems.push(tableProblem('MIG-FORMAT', element, row.label, '應為明細清單'));
    return;
  }
  const items = node ?? [];
  if (items.length < row.itemsMin || items.length > row.itemsMax) {
    const detail = `應為 ${row.itemsMin} 至 ${row.itemsMax} 筆，實際 ${items.length} 筆`;
    problems.push(tableProblem('MIG-COUNT', element, row.label, detail));
    // Thousands of items too many would only repeat themselves.
    return;
  }
  items.forEach((item, index) => {
    checkRows(problems, pathOf(path, row.name, index + 1), row.rows, item);
  });
}

function missing(element: string, label: string): TableProblem {
  return tableProblem('MIG-REQUIRED', element, label, '請補上');
}

function checkText(
  element: string,
  label: string,
  type: ElementType,
  text: string,
): TableProblem | null {
  switch (type.kind) {
    case 'text':
      return checkLength(element, label, type, text);
    case 'choice':
      if (type.values.includes(text)) return null;
      return tableProblem(
        'MIG-CHOICE',
        element,
        label,
        `${allowed(type.values)}，實際「${cut(text)}」`,
      );
    case 'decimal':
      return checkDecimal(element, label, type, text);
    case 'count':
      if (/^\d+$/.test(text) && text.replace(/^0+/, '').length <= type.digits) return null;
      return tableProblem(
        'MIG-DECIMAL',
        element,
        label,
        `應為零以上之整數，最多 ${type.digits} 位，實際「${cut(text)}」`,
      );
    case 'date':
      if (isCalendarDay(text)) return null;
      return tableProblem(
        'MIG-FORMAT',
        element,
        label,
        `應為 yyyyMMdd 之日期，實際「${cut(text)}」`,
      );
    case 'time':
      if (/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text)) return null;
      return tableProblem(
        'MIG-FORMAT',
        element,
        label,
        `應為 HH:mm:ss 之時間，實際「${cut(text)}」`,
      );
  }
}

function checkLength(
  element: string,
  label: string,
  type: Extract<ElementType, { kind: 'text' }>,
  text: string,
): TableProblem | null {
  const counted = type.isCollapsed ? collapse(text) : text;
  const length = [...counted].length;
  if (length < type.lengthMin || length > type.lengthMax) {
    const detail = `應為 ${type.lengthMin} 至 ${type.lengthMax} 字，實際 ${length} 字`;
    return tableProblem('MIG-LENGTH', element, label, detail);
  }
  if (type.pattern !== null && !type.pattern.test(counted)) {
    return tableProblem('MIG-FORMAT', element, label, `應符合 ${type.pattern.source}`);
  }
  return null;
}

function checkDecimal(
  element: string,
  label: string,
  type: Extract<ElementType, { kind: 'decimal' }>,
  text: string,
): TableProblem | null {
  const sign = type.isNegativeAllowed ? '' : '零以上之';
  const limit = `應為${sign}數字，最多 ${type.digits} 位、小數 ${type.fraction} 位`;
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const fraction = (match?.[3] ?? '').replace(/0+$/, '');
  const digits = ((match?.[2] ?? '') + fraction).replace(/^0+/, '');
  const isWithin =
    match !== null &&
    fraction.length <= type.fraction &&
    digits.length <= type.digits &&
    (type.isNegativeAllowed || match[1] === '' || digits === '');
  if (isWithin) return null;
  return tableProblem('MIG-DECIMAL', element, label, `${limit}，實際「${cut(text)}」`);
}

/** xsd:whiteSpace collapse. */
function collapse(text: string): string {
  return text.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '');
}

/** The schema's pattern takes 20260231; the platform's calendar does not. */
function isCalendarDay(text: string): boolean {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

function allowed(values: readonly string[]): string {
  const shown = values.length <= 10 ? values.join('、') : `${values.slice(0, 10).join('、')}…`;
  return `應為 ${shown}`;
}

function cut(text: string): string {
  return text.length <= GOT_LENGTH_MAX ? text : `${text.slice(0, GOT_LENGTH_MAX)}…`;
}
