/**
 * An allowance as ECPay's queries show it: one row of GetAllowanceList, which GetAllowance shows flat
 * (ECPay B2C API, GetAllowanceList). Total without tax, tax and total with tax stand side by side.
 */
import type { ALLOWANCE_INFO } from '#wire/ecpay-b2c/get-allowance-list.ts';
import type { Wire } from '#wire/field.ts';
import type { AllowanceLine } from '../../../domain/allowance.ts';
import type { AllowanceRecord, AllowanceRow, InvoiceRecord } from '../../../ledger/rows.ts';
import { identifierOf } from './fields.ts';
import { uploadDateOf, uploadStatusOf } from './upload-state.ts';

export type AllowanceInfo = Wire<typeof ALLOWANCE_INFO>;

/** States that the queries show: online allowances without the buyer's consent are left out. */
const SHOWN: ReadonlySet<AllowanceRow['state']> = new Set(['live', 'voided']);

export function isShown({ row }: AllowanceRecord): boolean {
  return SHOWN.has(row.state);
}

/** `invoice` is the one that the allowance gives back on. */
export function allowanceInfo(
  { row, content, allowFiling }: AllowanceRecord,
  invoice: InvoiceRecord,
  merchantId: number | string,
): AllowanceInfo {
  const { amounts, notify } = content;
  return {
    IA_Allow_No: content.number,
    IA_Check_Send_Mail: notify.kind === '' ? 'N' : notify.kind,
    IA_Date: content.allowedAt,
    IA_IP: row.ip === '' ? '0' : row.ip,
    IA_Identifier: identifierOf(content.invoice.buyerUbn),
    IA_Invalid_Status: row.state === 'voided' ? '1' : '0',
    IA_Invoice_Issue_Date: content.invoice.issuedAt,
    IA_Invoice_No: content.invoice.number,
    IA_Mer_ID: merchantId,
    IA_Send_Mail: notify.email,
    IA_Send_Phone: notify.phone,
    IA_Tax_Amount: amounts.tax,
    IA_Tax_Type: invoice.content.taxType,
    IA_Total_Amount: amounts.net,
    IA_Total_Tax_Amount: amounts.total,
    IA_Upload_Date: uploadDateOf(allowFiling),
    IA_Upload_Status: uploadStatusOf(allowFiling),
    // The name that the allowance gave, else the invoice's: no source says which ECPay shows.
    IIS_Customer_Name:
      content.customerName === '' ? invoice.content.buyer.name : content.customerName,
    ChannelPartner: invoice.row.channelPartner,
    Items: content.lines.map(itemOf),
  };
}

function itemOf(line: AllowanceLine): AllowanceInfo['Items'][number] {
  return {
    ItemSeq: line.sequence,
    ItemName: line.description,
    ItemCount: line.quantity,
    ItemWord: line.unit,
    ItemPrice: line.unitPrice,
    ItemRateAmt: String(line.tax),
    ItemTaxType: line.taxType === '' ? line.taxClass : line.taxType,
    ItemAmount: line.amount,
  };
}
