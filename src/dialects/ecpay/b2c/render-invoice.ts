/**
 * An invoice as ECPay's queries show it: the members of GetIssue, and of a row of GetIssueList. Order
 * and JSON types are the wire tables'; here is only what each member's value comes from.
 */

import type { GET_ISSUE_REPLY } from '#wire/ecpay-b2c/get-issue.ts';
import type { GET_ISSUE_LIST_ROW } from '#wire/ecpay-b2c/get-issue-list.ts';
import type { Wire } from '#wire/field.ts';
import type { InvoiceContent, InvoiceLine } from '../../../domain/invoice.ts';
import type { Documents, QrForm } from '../../../ledger/document-ports.ts';
import type { InvoiceRecord } from '../../../ledger/rows.ts';
import { CARRIER_TYPES, identifierOf } from './fields.ts';
import { turnkeyStatusOf, uploadDateOf, uploadStatusOf } from './upload-state.ts';

type ListRow = Wire<typeof GET_ISSUE_LIST_ROW>;
/** GetIssue's members but the two of the result. */
export type InvoiceMembers = Omit<Wire<typeof GET_ISSUE_REPLY>, 'RtnCode' | 'RtnMsg'>;

/** IIS_Check_Number is retired and constant (observed 2026-08, stage). */
const CHECK_NUMBER_RETIRED = 'P';
/** How a reply writes "not donated" (observed 2026-08, stage). */
const NO_LOVE_CODE = '0';
/**
 * Two items at most, and no sales amount without a tax ID (observed 2026-08, stage; ECPay B2C API,
 * GetIssue). On paper the Ministry's form is printed instead.
 */
const QR_FORM: QrForm = { itemsMax: 2, isSalesHiddenForConsumers: true };
/** How a reply writes an address that is unknown or no IPv4 one. */
const NO_IP = '0';

/** Members that both queries show, with the same values. */
function sharedMembers({ row, content, allowed, issueFiling }: InvoiceRecord) {
  const { amounts, buyer, carrier } = content;
  return {
    IIS_Number: row.number,
    IIS_Relate_Number: row.reference,
    ChannelPartner: row.channelPartner,
    IIS_Identifier: identifierOf(buyer.ubn),
    // Empty but for zero rate: composing the invoice dropped it elsewhere.
    IIS_Clearance_Mark: content.clearanceMark,
    IIS_Category: buyer.ubn === null ? 'B2C' : 'B2B',
    IIS_Tax_Type: content.taxType,
    IIS_Tax_Rate: amounts.taxRate,
    IIS_Tax_Amount: amounts.tax,
    IIS_Sales_Amount: amounts.total,
    IIS_Create_Date: content.issuedAt,
    IIS_Issue_Status: '1',
    IIS_Invalid_Status: row.state === 'voided' ? '1' : '0',
    IIS_Upload_Status: uploadStatusOf(issueFiling),
    IIS_Upload_Date: uploadDateOf(issueFiling),
    IIS_Turnkey_Status: turnkeyStatusOf(issueFiling.state),
    IIS_Remain_Allowance_Amt: amounts.total - allowed,
    // Before a draw: an invoice with a tax ID takes no part, any other is not drawn yet.
    IIS_Award_Flag: buyer.ubn === null ? '' : 'X',
    IIS_Print_Flag: content.isPrinted ? '1' : '0',
    IIS_Carrier_Type: CARRIER_TYPES[carrier.kind],
    IIS_Carrier_Num: carrier.visibleId,
    IIS_Love_Code: content.donationCode === '' ? NO_LOVE_CODE : content.donationCode,
  } as const;
}

/** A row of GetIssueList; IIS_Award_Type is null before a draw, a number only in GetIssue. */
export function listRow(record: InvoiceRecord): ListRow {
  return { ...sharedMembers(record), IIS_Award_Type: null };
}

/** GetIssue's view of an invoice for the merchant that asks. */
export function invoiceMembers(
  record: InvoiceRecord,
  merchantId: number | string,
  documents: Documents,
): InvoiceMembers {
  const { content, row } = record;
  const { buyer } = content;
  const qr = documents.qrTexts(content, QR_FORM);
  return {
    ...sharedMembers(record),
    IIS_Mer_ID: merchantId,
    IIS_Customer_ID: buyer.customerId,
    IIS_Customer_Name: buyer.name,
    IIS_Customer_Addr: buyer.address,
    IIS_Customer_Phone: buyer.phone,
    IIS_Customer_Email: buyer.email,
    IIS_Type: content.invoiceType,
    IIS_Check_Number: CHECK_NUMBER_RETIRED,
    IIS_IP: row.ip === '' ? NO_IP : row.ip,
    IIS_Award_Type: 0,
    IIS_Random_Number: content.randomNumber,
    InvoiceRemark: content.remark,
    // Empty without a QR key, and above what the codes can state.
    QRCode_Left: qr?.left ?? '',
    QRCode_Right: qr?.right ?? '',
    PosBarCode: posBarCode(content),
    SpecialTaxType: content.specialTaxCode,
    Items: content.lines.map(itemOf),
    ZeroTaxRateReason: content.zeroTaxRateReason,
  };
}

function itemOf(line: InvoiceLine): InvoiceMembers['Items'][number] {
  return {
    ItemSeq: line.sequence,
    ItemName: line.description,
    ItemCount: line.quantity,
    ItemWord: line.unit,
    ItemPrice: line.unitPrice,
    ItemTaxType: line.taxType === '' ? line.taxClass : line.taxType,
    ItemAmount: line.amount,
    ItemRemark: line.remark === '' ? null : line.remark,
  };
}

/**
 * The certificate's Code 39: ROC year and even month of the period, number, random code (observed
 * 2026-08, stage; MOF certificate format, 19 characters).
 */
function posBarCode({ period, number, randomNumber }: InvoiceContent): string {
  return `${period}${number}${randomNumber}`;
}
