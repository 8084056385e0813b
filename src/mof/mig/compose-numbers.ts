/**
 * From a filing about numbers to its file: the E0402 or E0401 of the report that the ledger kept. As with
 * invoices, what the Ministry would refuse never becomes a file.
 */
import type { Seller } from '../../domain/seller.ts';
import {
  branchNumbersText,
  type NumberReportContent,
  numbersText,
  parseReport,
} from '../../ledger/number-report.ts';
import type { FilingRow, NumberReportRow } from '../../ledger/rows.ts';
import { type ComposedMessage, composeValue, refusedAs } from './check-message.ts';
import { E0401, e0401Of } from './e0401.ts';
import { E0402, e0402Of } from './e0402.ts';
import { E0401_RULES, E0402_RULES } from './message-rules.ts';

export interface NumberSource {
  readonly filing: FilingRow;
  readonly seller: Seller;
  /** The version that the filing names. */
  readonly report: NumberReportRow;
}

export function composeNumberMessage({ filing, seller, report }: NumberSource): ComposedMessage {
  const content = parseReport(report);
  if (!isOfFiling(filing, seller, report, content)) return refusedAs('KAILI-10', '');
  const place = {
    head: content.head,
    branch: content.branch,
    invoiceType: content.invoiceType,
    period: content.period,
    track: content.track,
  };
  if (filing.message === 'E0402') {
    return composeValue(E0402, e0402Of(place, content.ranges), E0402_RULES);
  }
  if (content.allotted === null) return refusedAs('KAILI-10', 'Main');
  return composeValue(E0401, e0401Of(place, content.allotted, content.ranges), E0401_RULES);
}

/** Whether report and filing belong together: another track's numbers must never be sent. */
function isOfFiling(
  filing: FilingRow,
  seller: Seller,
  report: NumberReportRow,
  content: NumberReportContent,
): boolean {
  const { track, invoiceType, period, head, branch } = content;
  // A head office tells of its branches; each tax ID reports its own blank numbers.
  const isSplit = filing.message === 'E0401';
  const owner = isSplit ? head : branch;
  const numbers = isSplit
    ? branchNumbersText(track, invoiceType, branch)
    : numbersText(track, invoiceType);
  return (
    (filing.message === 'E0401' || filing.message === 'E0402') &&
    report.message === filing.message &&
    report.numbers === filing.numbers &&
    report.version === filing.version &&
    report.seller === filing.seller &&
    seller.ubn === filing.seller &&
    owner === filing.seller &&
    period === filing.period &&
    filing.numbers === numbers
  );
}
