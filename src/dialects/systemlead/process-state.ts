/**
 * How far a document's latest operation is: e首發票's process states (GitBook, GetInvoicesStatus) from the
 * states of filings. Not handed over yet is 1 while it goes by itself, P where a person has to act.
 */
import type { HoldReason } from '../../domain/invoice.ts';
import type { AllowanceRecord, FilingRow, InvoiceRecord } from '../../ledger/rows.ts';

/** Issue, void, allowance, void of an allowance. */
type Operation = 'I' | 'C' | 'A' | 'D';
type Step = '1' | '2' | '9' | 'P';

const OPERATIONS: Readonly<Record<Operation, string>> = {
  I: '開立',
  C: '作廢',
  A: '折讓',
  D: '折讓作廢',
};
const STEPS: Readonly<Record<Step, string>> = {
  '1': '待上傳',
  '2': '上傳待確認',
  '9': '上傳完成',
  P: '暫停上傳',
};

/** Holds that pass by themselves. */
const PASSING: readonly HoldReason[] = ['earlier-filing', 'edit-window'];

export function stepOf(filing: FilingRow): Step {
  switch (filing.state) {
    case 'ready':
      return '1';
    case 'held':
      return filing.holds.every((hold) => PASSING.includes(hold)) ? '1' : 'P';
    case 'handed':
    case 'sent':
      return '2';
    case 'confirmed':
      return '9';
    case 'refused':
      return 'P';
  }
}

/** Code and text of the latest operation on an invoice. */
export function processState(
  { issueFiling, voidFiling }: InvoiceRecord,
  allowances: readonly AllowanceRecord[],
): { readonly code: string; readonly text: string } {
  let latest: { operation: Operation; filing: FilingRow } = { operation: 'I', filing: issueFiling };
  const consider = (operation: Operation, filing: FilingRow | null) => {
    if (filing !== null && filing.sequence > latest.filing.sequence) latest = { operation, filing };
  };
  consider('C', voidFiling);
  for (const allowance of allowances) {
    consider('A', allowance.allowFiling);
    consider('D', allowance.voidFiling);
  }
  const step = stepOf(latest.filing);
  return {
    code: `${latest.operation}${step}`,
    text: `${OPERATIONS[latest.operation]}${STEPS[step]}`,
  };
}

/** Upload status of an invoice: P not uploaded, U uploaded, C confirmed. */
export function appendStatus({ issueFiling }: InvoiceRecord): 'P' | 'U' | 'C' {
  switch (stepOf(issueFiling)) {
    case '1':
    case 'P':
      return 'P';
    case '2':
      return 'U';
    case '9':
      return 'C';
  }
}
