/**
 * Turnkey's own check before upload (MIG 4.1 and the gateway's rules beyond the schema): a file that
 * fails goes to ERR and the platform never sees it. Written from the rules, not from Kaili's writer.
 */
import { areRanges } from './judge-numbers.ts';
import type { SimulatedMessage } from './layout.ts';
import {
  identify,
  isThere,
  itemsOf,
  type ReadMessage,
  readDocument,
  textAt,
} from './read-message.ts';

/** The message, or why Turnkey rejects the file. */
export function checkLocally(kind: SimulatedMessage, bytes: Uint8Array): ReadMessage | string {
  const document = readDocument(bytes);
  if (typeof document === 'string') return document;
  if (!hasNamespace(kind, bytes)) return `not in the namespace of ${kind} 4.1`;
  const message = identify(kind, document);
  if (message === null) return 'root, number, day or seller is missing or malformed';
  return breachOf(message) ?? message;
}

/** Only 4.1 is taken (Turnkey 3.2.0). The namespace stands in the head of the file. */
function hasNamespace(kind: SimulatedMessage, bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 1024));
  return head.includes(`"urn:GEINV:eInvoiceMessage:${kind}:4.1"`);
}

function breachOf(message: ReadMessage): string | null {
  switch (message.kind) {
    case 'F0401':
      return invoiceBreach(message);
    case 'G0401':
      return allowanceBreach(message);
    case 'G0501':
      return textAt(message.tree, 'AllowanceType') === '2' ? null : 'AllowanceType must be 2';
    case 'E0401':
    case 'E0402':
      return areRanges(message) ? null : 'a range is missing or malformed';
    case 'F0501':
      return reasonBreach(textAt(message.tree, 'CancelReason'));
    case 'F0701':
      return reasonBreach(textAt(message.tree, 'VoidReason'));
    default:
      return exchangeBreach(message);
  }
}

/** What the gateway asks of exchanged messages beyond their schemas. */
function exchangeBreach({ kind, tree }: ReadMessage): string | null {
  if (kind === 'A0101') {
    if (textAt(tree, 'Main/Seller/Address').trim() === '') return 'Seller.Address is blank';
    return textAt(tree, 'Amount/TaxType') === '9' ? 'Amount.TaxType 9 is refused' : null;
  }
  if (kind === 'A0201') return reasonBreach(textAt(tree, 'CancelReason'));
  if (kind === 'A0301') return reasonBreach(textAt(tree, 'RejectReason'));
  if (kind === 'B0101') {
    return textAt(tree, 'Main/AllowanceType') === '2' ? null : 'AllowanceType must be 2';
  }
  if (!kind.startsWith('B')) return null;
  return textAt(tree, 'AllowanceType') === '2' ? null : 'AllowanceType must be 2';
}

function reasonBreach(reason: string): string | null {
  const length = [...reason].length;
  return length >= 1 && length <= 20 ? null : 'the reason has 1 to 20 characters';
}

function invoiceBreach({ tree }: ReadMessage): string | null {
  const main = (name: string) => textAt(tree, `Main/${name}`);
  if (main('Seller/Address').trim() === '') return 'Seller.Address is blank';
  const buyer = main('Buyer/Identifier');
  if (!/^\d{8,10}$/.test(buyer)) return 'Buyer.Identifier is not 8 to 10 digits';
  if (/^0+$/.test(buyer) && /^0{1,4}$/.test(main('Buyer/Name'))) return 'Buyer.Name is refused';
  if (!/^(\d{1,4})?$/.test(main('RandomNumber'))) return 'RandomNumber is malformed';
  const items = itemsOf(tree);
  if (items.length === 0) return 'no ProductItem';
  if (items.some((item) => textAt(item, 'TaxType') === '9')) return 'an item is of TaxType 9';
  const isZeroRated = textAt(tree, 'Amount/TaxType') === '2';
  if (isZeroRated && (main('CustomsClearanceMark') === '' || main('ZeroTaxRateReason') === '')) {
    return 'zero rate without CustomsClearanceMark or ZeroTaxRateReason';
  }
  const amounts = ['SalesAmount', 'FreeTaxSalesAmount', 'ZeroTaxSalesAmount'];
  const isWhole = [...amounts, 'TaxAmount', 'TotalAmount'].every((name) =>
    /^\d+$/.test(textAt(tree, `Amount/${name}`)),
  );
  if (!isWhole) return 'an amount is not a whole number of dollars';
  return holdingBreach(tree, buyer);
}

/** An invoice is printed, on a carrier, or donated (gateway rules on PrintMark and carriers). */
function holdingBreach(tree: ReadMessage['tree'], buyer: string): string | null {
  const main = (name: string) => textAt(tree, `Main/${name}`);
  const isDonated = main('DonateMark') === '1';
  const isPrinted = main('PrintMark') === 'Y';
  const [type, id1, id2] = [main('CarrierType'), main('CarrierId1'), main('CarrierId2')];
  if (isDonated !== isThere(tree, 'Main/NPOBAN')) return 'DonateMark and NPOBAN disagree';
  if (isPrinted && isDonated) return 'PrintMark Y and DonateMark 1';
  const isExpenseClaim = type === '3J0002' && /^\d{8}$/.test(buyer) && id1 !== '' && id2 !== '';
  if (isPrinted && (id1 !== '' || id2 !== '') && !isExpenseClaim) return 'PrintMark Y on a carrier';
  if (!isPrinted && !isDonated && (type === '' || id1 === '' || id2 === '')) {
    return 'neither printed, donated nor on a carrier';
  }
  if (type === '3J0002' && (id1 === '' || id2 === '')) return 'a mobile barcode needs both ids';
  return null;
}

function allowanceBreach({ tree }: ReadMessage): string | null {
  if (textAt(tree, 'Main/AllowanceType') !== '2') return 'AllowanceType must be 2';
  const items = itemsOf(tree);
  if (items.length === 0) return 'no ProductItem';
  const isDated = items.every((item) => /^\d{8}$/.test(textAt(item, 'OriginalInvoiceDate')));
  if (!isDated) return 'an item has no OriginalInvoiceDate';
  const isNumbered = items.every((item) => textAt(item, 'AllowanceSequenceNumber') !== '');
  return isNumbered ? null : 'an item has no AllowanceSequenceNumber';
}
