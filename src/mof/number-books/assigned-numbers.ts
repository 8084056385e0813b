/** The ranges of an E0501 file as Turnkey downloads it: an envelope of them, or one alone. */
import { E0501, type E0501Value } from '../mig/e0501.ts';
import { readEnvelope } from '../mig/invoice-envelope.ts';
import { parseXml, readChecked } from '../mig/read-message.ts';
import { type AllottedLine, readAllotment } from './allotment.ts';

export type AssignedReading =
  | { readonly ok: true; readonly lines: readonly AllottedLine[] }
  | { readonly ok: false; readonly problem: string };

const UTF8 = new TextDecoder('utf-8', { fatal: true });

export function readAssignedNumbers(bytes: Uint8Array): AssignedReading {
  let xml: string;
  try {
    xml = UTF8.decode(bytes);
  } catch {
    // Another encoding, hence no file of the platform.
    return { ok: false, problem: '檔案不是 UTF-8 編碼' };
  }
  const root = parseXml(xml);
  if (typeof root !== 'string' && root.name === E0501.root) {
    const read = readChecked(E0501, root);
    return read.ok ? linesOf([read.value]) : { ok: false, problem: textOf(read.problems) };
  }
  const read = readEnvelope(E0501, xml);
  return read.ok ? linesOf(read.envelope.messages) : { ok: false, problem: textOf(read.problems) };
}

function linesOf(values: readonly E0501Value[]): AssignedReading {
  const lines = values.map((value, index) =>
    readAllotment(index + 1, {
      seller: value.Ban,
      invoiceType: value.InvoiceType,
      period: value.YearMonth,
      track: value.InvoiceTrack,
      first: value.InvoiceBeginNo,
      last: value.InvoiceEndNo,
    }),
  );
  return { ok: true, lines };
}

function textOf(problems: readonly { readonly text: string }[]): string {
  return problems
    .slice(0, 3)
    .map(({ text }) => text)
    .join('；');
}
