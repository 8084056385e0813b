/**
 * The sandbox's trading partner outside this center: whoever has a tax ID of no seller here. It answers
 * what the platform passes on by one rule, through Turnkey's DownCast folders (docs/reference/ecpay-b2b.md):
 *
 * - an invoice whose remark holds 退回 is returned, any other is confirmed;
 * - a void, an allowance and the void of one are confirmed;
 * - a message whose remark holds 不回覆 is never answered.
 */
import { store } from './judge.ts';
import { type Layout, type SimulatedMessage, writeWhole } from './layout.ts';
import type { PlatformMemory } from './platform-memory.ts';
import { identify, type ReadMessage, readDocument, textAt } from './read-message.ts';

const RETURN_WORD = '退回';
const SILENT_WORD = '不回覆';
const RETURN_REASON = '模擬買方退回';

/**
 * Answers a message that the platform took; one that needs no answer gets none. The platform keeps the
 * answer as any message.
 */
export async function answerAsPartner(
  layout: Layout,
  message: ReadMessage,
  memory: PlatformMemory,
  isHere: (taxId: string) => boolean,
  nowMs: number,
): Promise<void> {
  const { tree, number } = message;
  const buyer = textAt(tree, 'Main/Buyer/Identifier') || textAt(tree, 'BuyerId');
  const remark = textAt(tree, 'Main/MainRemark') || textAt(tree, 'Remark');
  // Whoever sells here is no outsider, and what an outsider sent is not answered by itself.
  if (!/^\d{8}$/.test(buyer) || isHere(buyer) || remark.includes(SILENT_WORD)) return;
  const answer = answerTo(message, remark.includes(RETURN_WORD), layout.clockOf(nowMs));
  if (answer === null) return;
  const path = layout.incoming(
    answer.kind,
    nowMs,
    `${answer.kind}_${number}_${message.seller}.xml`,
  );
  // The same file again after a stop says the same.
  await writeWhole(layout, path, answer.xml, nowMs);
  const document = readDocument(new TextEncoder().encode(answer.xml));
  const kept = typeof document === 'string' ? null : identify(answer.kind, document);
  if (kept !== null) await store(kept, memory);
}

interface PartnerAnswer {
  readonly kind: SimulatedMessage;
  readonly xml: string;
}

type Element = readonly [name: string, text: string];

function answerTo(
  { kind, number, tree }: ReadMessage,
  isReturned: boolean,
  { date, time }: { readonly date: string; readonly time: string },
): PartnerAnswer | null {
  const seller = textAt(tree, 'Main/Seller/Identifier') || textAt(tree, 'SellerId');
  const buyer = textAt(tree, 'Main/Buyer/Identifier') || textAt(tree, 'BuyerId');
  const parties: readonly Element[] = [
    ['BuyerId', buyer],
    ['SellerId', seller],
  ];
  const ofInvoice = textAt(tree, 'Main/InvoiceDate') || textAt(tree, 'InvoiceDate');
  const ofAllowance = textAt(tree, 'Main/AllowanceDate') || textAt(tree, 'AllowanceDate');
  const day: Element = kind.startsWith('A')
    ? ['InvoiceDate', ofInvoice]
    : ['AllowanceDate', ofAllowance];
  switch (kind) {
    case 'A0101':
      return isReturned
        ? messageOf('A0301', 'RejectInvoice', [
            ['RejectInvoiceNumber', number],
            day,
            ...parties,
            ['RejectDate', date],
            ['RejectTime', time],
            ['RejectReason', RETURN_REASON],
          ])
        : messageOf('A0102', 'InvoiceConfirm', [
            ['InvoiceNumber', number],
            day,
            ...parties,
            ['ReceiveDate', date],
            ['ReceiveTime', time],
          ]);
    case 'A0201':
      return messageOf('A0202', 'CancelInvoiceConfirm', [
        ['CancelInvoiceNumber', number],
        day,
        ...parties,
        ['CancelDate', date],
        ['CancelTime', time],
      ]);
    case 'B0101':
      return messageOf('B0102', 'AllowanceConfirm', [
        ['AllowanceNumber', number],
        day,
        ...parties,
        ['ReceiveDate', date],
        ['ReceiveTime', time],
        ['AllowanceType', '2'],
      ]);
    case 'B0201':
      return messageOf('B0202', 'CancelAllowanceConfirm', [
        ['CancelAllowanceNumber', number],
        day,
        ...parties,
        ['CancelDate', date],
        ['CancelTime', time],
        ['AllowanceType', '2'],
      ]);
    default:
      return null;
  }
}

/** Texts are digits, document numbers and our own words: none needs an escape. */
function messageOf(
  kind: SimulatedMessage,
  root: string,
  elements: readonly Element[],
): PartnerAnswer {
  const namespace = `urn:GEINV:eInvoiceMessage:${kind}:4.1`;
  const inner = elements.map(([name, text]) => `  <${name}>${text}</${name}>\n`).join('');
  return {
    kind,
    xml: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">\n${inner}</${root}>\n`,
  };
}
