/**
 * Reads a SummaryResult: the platform's daily count, with the numbers it took and refused. The schema
 * that MOF ships and what its own classes read differ (element `Result` or `ResultType`, `Invocie` or
 * `Invoice`, a `ResultDetailType` between or not); both are taken.
 */
import { partiesOf } from './process-result.ts';
import type { XmlElement } from './read-xml.ts';
import { child, children, text } from './read-xml.ts';

export interface SummaryReference {
  readonly number: string;
  /** As written: `yyyyMMdd` or `yyyy-MM-dd`. */
  readonly date: string;
}

export interface SummaryMessage {
  readonly envelopeId: string;
  readonly message: string;
  readonly good: readonly SummaryReference[];
  readonly failed: readonly SummaryReference[];
}

export interface SummaryResult {
  readonly parties: readonly string[];
  readonly messages: readonly SummaryMessage[];
}

/** Null where the element is no SummaryResult. A message without numbers (count 0) is in order. */
export function parseSummaryResult(name: string, root: XmlElement): SummaryResult | null {
  const list = child(root, 'DetailList');
  if (name !== 'SummaryResult' || list === undefined) return null;
  const messages = children(list, 'Message').map((message) => {
    const result = child(message, 'ResultType') ?? child(message, 'Result');
    return {
      envelopeId: text(message, 'Info', 'Id'),
      message: text(message, 'Info', 'MessageType'),
      good: referencesOf(result, 'Good'),
      failed: referencesOf(result, 'Failed'),
    };
  });
  return { parties: partiesOf(root), messages };
}

function referencesOf(
  result: XmlElement | undefined,
  part: 'Good' | 'Failed',
): readonly SummaryReference[] {
  const outer = child(result, part);
  const detail = child(outer, 'ResultDetailType') ?? outer;
  return children(detail, 'Invoices').flatMap((invoices) =>
    [...children(invoices, 'Invoice'), ...children(invoices, 'Invocie')].map((invoice) => ({
      number: text(invoice, 'ReferenceNumber'),
      date: text(invoice, 'InvoiceDate'),
    })),
  );
}
