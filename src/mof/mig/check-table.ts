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
  Row,
  RowList,
} from './message-table.ts';
import { pathOf, type TableProblem, type TableRule, tableProblem } from './table-problem.ts';
import { isList } from './write-message.ts';
import { isXmlText } from './xml-text.ts';

/** Longest piece of a refused code or number that a problem's text repeats. */
const GOT_LENGTH_MAX = 24;

export function checkTable(table: MessageTable, value: MessageValue): readonly TableProblem[] {
  const problems: TableProblem[] = [];
  checkRows(problems, null, table.rows, value);
  return problems;
}

/** Where a block stands; made into a path only for a problem, since nearly every message has none. */
interface Place {
  readonly above: Place | null;
  readonly name: string;
  /** 1-based, of an item in a list. */
  readonly position: number | undefined;
}

function pathTo(place: Place | null): string {
  return place === null ? '' : pathOf(pathTo(place.above), place.name, place.position);
}

/** Names that a block's rows allow; each table's rows live as long as the process. */
const namesByRows = new WeakMap<RowList, ReadonlySet<string>>();

function namesOf(rows: RowList): ReadonlySet<string> {
  const known = namesByRows.get(rows);
  if (known !== undefined) return known;
  const names = new Set(rows.map((row) => row.name));
  namesByRows.set(rows, names);
  return names;
}

function checkRows(
  problems: TableProblem[],
  place: Place | null,
  rows: RowList,
  value: MessageValue,
): void {
  const names = namesOf(rows);
  for (const name of Object.keys(value)) {
    if (names.has(name) || value[name] === undefined) continue;
    problems.push(tableProblem('MIG-UNKNOWN', pathOf(pathTo(place), name), '', '請移除'));
  }
  for (const row of rows) {
    const node = value[row.name];
    if (row.shape === 'leaf') {
      const found = findInLeaf(row, node);
      if (found !== null) report(problems, place, row, found);
    } else if (row.shape === 'group') checkGroup(problems, place, row, node);
    else checkList(problems, place, row, node);
  }
}

interface Finding {
  readonly rule: TableRule;
  readonly detail: string;
}

const MISSING: Finding = { rule: 'MIG-REQUIRED', detail: '請補上' };

function report(problems: TableProblem[], place: Place | null, row: Row, found: Finding): void {
  const element = pathOf(pathTo(place), row.name);
  problems.push(tableProblem(found.rule, element, row.label, found.detail));
}

function findInLeaf(row: Leaf, node: MessageNode): Finding | null {
  if (node === undefined) return row.isRequired ? MISSING : null;
  if (typeof node !== 'string') {
    return { rule: 'MIG-FORMAT', detail: '應為單一欄位，不可有下層欄位' };
  }
  const found = findInText(row.type, node);
  // What a code, a number, a date or a time may be, XML can carry.
  if (found === null && row.type.kind !== 'text') return null;
  return isXmlText(node)
    ? found
    : { rule: 'MIG-CHARACTER', detail: '請移除控制字元或不完整的字元' };
}

function checkGroup(
  problems: TableProblem[],
  place: Place | null,
  row: Group,
  node: MessageNode,
): void {
  if (node === undefined) {
    if (row.isRequired) report(problems, place, row, MISSING);
  } else if (typeof node === 'string' || isList(node)) {
    report(problems, place, row, { rule: 'MIG-FORMAT', detail: '應為一組欄位' });
  } else {
    checkRows(problems, { above: place, name: row.name, position: undefined }, row.rows, node);
  }
}

function checkList(
  problems: TableProblem[],
  place: Place | null,
  row: List,
  node: MessageNode,
): void {
  if (typeof node === 'string' || (node !== undefined && !isList(node))) {
    report(problems, place, row, { rule: 'MIG-FORMAT', detail: '應為明細清單' });
    return;
  }
  const items = node ?? [];
  if (items.length < row.itemsMin || items.length > row.itemsMax) {
    const detail = `應為 ${row.itemsMin} 至 ${row.itemsMax} 筆，實際 ${items.length} 筆`;
    report(problems, place, row, { rule: 'MIG-COUNT', detail });
    // Thousands of items too many would only repeat themselves.
    return;
  }
  items.forEach((item, index) => {
    checkRows(problems, { above: place, name: row.name, position: index + 1 }, row.rows, item);
  });
}

function findInText(type: ElementType, text: string): Finding | null {
  switch (type.kind) {
    case 'text':
      return findInLength(type, text);
    case 'choice':
      if (type.values.includes(text)) return null;
      return { rule: 'MIG-CHOICE', detail: `${allowed(type.values)}，實際「${cut(text)}」` };
    case 'decimal':
      return findInDecimal(type, text);
    case 'count':
      if (/^\d+$/.test(text) && text.replace(/^0+/, '').length <= type.digits) return null;
      return {
        rule: 'MIG-DECIMAL',
        detail: `應為零以上之整數，最多 ${type.digits} 位，實際「${cut(text)}」`,
      };
    case 'date':
      if (isCalendarDay(text)) return null;
      return { rule: 'MIG-FORMAT', detail: `應為 yyyyMMdd 之日期，實際「${cut(text)}」` };
    case 'time':
      if (/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text)) return null;
      return { rule: 'MIG-FORMAT', detail: `應為 HH:mm:ss 之時間，實際「${cut(text)}」` };
  }
}

function findInLength(type: Extract<ElementType, { kind: 'text' }>, text: string): Finding | null {
  const counted = type.isCollapsed ? collapse(text) : text;
  if (!isWithin(counted, type.lengthMin, type.lengthMax)) {
    const detail = `應為 ${type.lengthMin} 至 ${type.lengthMax} 字，實際 ${[...counted].length} 字`;
    return { rule: 'MIG-LENGTH', detail };
  }
  if (type.pattern !== null && !type.pattern.test(counted)) {
    return { rule: 'MIG-FORMAT', detail: `應符合 ${type.pattern.source}` };
  }
  return null;
}

/** Whether a text has so many characters. Each is one or two units: counting them can often be spared. */
function isWithin(text: string, lengthMin: number, lengthMax: number): boolean {
  const units = text.length;
  if (units <= lengthMax && units >= lengthMin * 2) return true;
  const length = [...text].length;
  return length >= lengthMin && length <= lengthMax;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
/** Whole amounts as they usually are; every decimal type takes as many digits. */
const SMALL_WHOLE = /^\d{1,13}$/;
const SMALL_WHOLE_DIGITS = 13;

function findInDecimal(
  type: Extract<ElementType, { kind: 'decimal' }>,
  text: string,
): Finding | null {
  if (type.digits >= SMALL_WHOLE_DIGITS && SMALL_WHOLE.test(text)) return null;
  const match = DECIMAL.exec(text);
  const fraction = (match?.[3] ?? '').replace(/0+$/, '');
  const digits = ((match?.[2] ?? '') + fraction).replace(/^0+/, '');
  const isRight =
    match !== null &&
    fraction.length <= type.fraction &&
    digits.length <= type.digits &&
    (type.isNegativeAllowed || match[1] === '' || digits === '');
  if (isRight) return null;
  const sign = type.isNegativeAllowed ? '' : '零以上之';
  const limit = `應為${sign}數字，最多 ${type.digits} 位、小數 ${type.fraction} 位`;
  return { rule: 'MIG-DECIMAL', detail: `${limit}，實際「${cut(text)}」` };
}

/** xsd:whiteSpace collapse. */
function collapse(text: string): string {
  return text.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '');
}

/** The schema's pattern takes 20260231; the platform's calendar does not. */
function isCalendarDay(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const digits = Number(text);
  const [year, month, day] = [
    Math.trunc(digits / 10_000),
    Math.trunc(digits / 100) % 100,
    digits % 100,
  ];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

function allowed(values: readonly string[]): string {
  const shown = values.length <= 10 ? values.join('、') : `${values.slice(0, 10).join('、')}…`;
  return `應為 ${shown}`;
}

function cut(text: string): string {
  return text.length <= GOT_LENGTH_MAX ? text : `${text.slice(0, GOT_LENGTH_MAX)}…`;
}
