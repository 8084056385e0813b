/**
 * Number tracks 字軌 of the B2B API: those of InvoiceCategory 2, by the same rules as in the B2C API (ECPay
 * B2B API, GetGovInvoiceWordSetting, AddInvoiceWordSetting, UpdateInvoiceWordStatus, GetInvoiceWordSetting).
 */
import {
  B2B_ADD_TRACK,
  B2B_GET_GOV_TRACKS,
  B2B_GET_TRACKS,
  B2B_UPDATE_TRACK,
} from '#wire/ecpay-b2b/tracks.ts';
import { refused } from '../../../domain/fault.ts';
import { addTrack } from '../b2c/add-invoice-word-setting.ts';
import { getGovInvoiceWordSetting } from '../b2c/get-gov-invoice-word-setting.ts';
import { listTracks } from '../b2c/get-invoice-word-setting.ts';
import { setTrackStatus } from '../b2c/update-invoice-word-status.ts';
import type { Endpoint } from '../endpoint.ts';
import { isWhole, readMembers } from '../parse.ts';

const BUSINESS = '2';

export const getGovWordSetting: Endpoint = {
  action: 'B2B/GetGovInvoiceWordSetting',
  wire: B2B_GET_GOV_TRACKS,
  answer: getGovInvoiceWordSetting.answer,
};

export const addWordSetting: Endpoint = {
  action: 'B2B/AddInvoiceWordSetting',
  wire: B2B_ADD_TRACK,
  answer: (call, context) => addTrack(call, context, B2B_ADD_TRACK.request),
};

export const updateWordStatus: Endpoint = {
  action: 'B2B/UpdateInvoiceWordStatus',
  wire: B2B_UPDATE_TRACK,
  answer: (call, context) => setTrackStatus(call, context, [BUSINESS]),
};

export const getWordSetting: Endpoint = {
  action: 'B2B/GetInvoiceWordSetting',
  wire: B2B_GET_TRACKS,
  answer: (call, context) => {
    const reading = readMembers(B2B_GET_TRACKS.request, call.data);
    if (!isWhole(reading)) return Promise.resolve(refused(...reading.faults));
    const { InvoiceCategory: value } = reading.members;
    return listTracks(call, context, reading.members, value === Number(BUSINESS) ? BUSINESS : null);
  },
};
