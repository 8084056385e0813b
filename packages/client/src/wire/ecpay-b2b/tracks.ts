/**
 * B2B number tracks: as those of the B2C API with InvoiceCategory 2 (ECPay B2B API, docs 25206, 14835, 14840,
 * 14845).
 */
import {
  ADD_INVOICE_WORD_SETTING,
  GET_GOV_INVOICE_WORD_SETTING,
  GET_INVOICE_WORD_SETTING,
  INVOICE_WORD,
  UPDATE_INVOICE_WORD_STATUS,
} from '../ecpay-b2c/tracks.ts';
import type { WireEndpoint } from '../field.ts';

/** What the Ministry allotted in a year. */
export const B2B_GET_GOV_TRACKS = {
  ...GET_GOV_INVOICE_WORD_SETTING,
  path: '/B2BInvoice/GetGovInvoiceWordSetting',
} as const satisfies WireEndpoint;

/** Takes a track into use, not enabled yet. */
export const B2B_ADD_TRACK = {
  ...ADD_INVOICE_WORD_SETTING,
  path: '/B2BInvoice/AddInvoiceWordSetting',
  request: {
    ...ADD_INVOICE_WORD_SETTING.request,
    /** 2 B2B. */
    InvoiceCategory: { kind: 'code', need: 'required', lengthMax: 1, values: ['2'] },
  },
} as const satisfies WireEndpoint;

/** Disables, pauses or enables a track. */
export const B2B_UPDATE_TRACK = {
  ...UPDATE_INVOICE_WORD_STATUS,
  path: '/B2BInvoice/UpdateInvoiceWordStatus',
} as const satisfies WireEndpoint;

/** The tracks of a year; InvoiceTerm and UseStatus are required, 0 for all. */
export const B2B_GET_TRACKS = {
  path: '/B2BInvoice/GetInvoiceWordSetting',
  request: {
    ...GET_INVOICE_WORD_SETTING.request,
    InvoiceTerm: { kind: 'integer', need: 'required', digitsMax: 1, min: 0, max: 6 },
    UseStatus: { kind: 'integer', need: 'required', digitsMax: 1, min: 0, max: 6 },
  },
  reply: {
    ...GET_INVOICE_WORD_SETTING.reply,
    InvoiceInfo: {
      kind: 'rows',
      need: 'required',
      row: {
        ...INVOICE_WORD,
        /** When the last number was issued; "" before the first. */
        InvoiceLastDate: { kind: 'text', need: 'required', lengthMax: 20 },
      },
    },
  },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
