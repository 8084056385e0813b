/**
 * What can be wrong with a message by its table: one rule id a kind, with a text that a clerk
 * understands. Shared by the check of a value and by the reader of a file.
 */

/** rule id -> what it means. */
export const TABLE_RULES = {
  'MIG-REQUIRED': '必填欄位未填',
  'MIG-LENGTH': '文字長度不符',
  'MIG-FORMAT': '格式不符',
  'MIG-CHOICE': '不在允許的代碼內',
  'MIG-DECIMAL': '數值不符',
  'MIG-CHARACTER': '含有無法以 XML 傳送的字元',
  'MIG-COUNT': '筆數不符',
  'MIG-UNKNOWN': '規格中沒有此欄位',
  'MIG-DUPLICATE': '欄位重複出現',
  'MIG-ORDER': '欄位順序不符',
  'MIG-XML': 'XML 檔案無法讀取',
} as const;
export type TableRule = keyof typeof TABLE_RULES;

export interface TableProblem {
  readonly rule: TableRule;
  /** Path below the root: `Details/ProductItem[3]/Description`; '' for the file itself. */
  readonly element: string;
  /** Names element, limit and what came. Shows codes and numbers, never texts a person wrote. */
  readonly text: string;
}

export function tableProblem(
  rule: TableRule,
  element: string,
  label: string,
  detail: string,
): TableProblem {
  const subject = label === '' ? element : `${label}（${element}）`;
  return { rule, element, text: `${subject}${TABLE_RULES[rule]}：${detail}` };
}

/** Path of an element below another; items of a list carry their 1-based position. */
export function pathOf(parent: string, name: string, position?: number): string {
  const step = position === undefined ? name : `${name}[${position}]`;
  return parent === '' ? step : `${parent}/${step}`;
}
