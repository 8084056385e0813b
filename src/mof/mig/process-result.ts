/**
 * ProcessResult: the platform's answer to one uploaded envelope (MOF schema, common 4.0). Code 00000 alone
 * means that the whole envelope is good; else one Info for each message that failed.
 */
import { group, list, messageTable, optional, required, type ValueOf } from './message-table.ts';
import { ANSWERED_MESSAGES, RESULT_TEXT, ROUTING_INFO } from './result-rows.ts';

/** Infos that one result may hold. */
const INFOS_MAX = 10_000;

export const PROCESS_RESULT = messageTable(
  'ProcessResult',
  'ProcessResult',
  [
    ROUTING_INFO,
    group('MessageInfo', '訊息資訊', [
      required('Id', '訊息識別碼', RESULT_TEXT),
      required('Size', '大小', RESULT_TEXT),
      required('MessageType', '訊息類別', ANSWERED_MESSAGES),
      required('Service', '服務', RESULT_TEXT),
      required('Action', '作業', RESULT_TEXT),
    ]),
    group('Result', '處理結果', [
      list('Info', '結果明細', INFOS_MAX, [
        required('Code', '代碼', RESULT_TEXT),
        optional('Description', '說明', RESULT_TEXT),
        optional('Parameter0', '號碼', RESULT_TEXT),
        optional('Parameter1', '日期', RESULT_TEXT),
        optional('Parameter2', '參數2', RESULT_TEXT),
        optional('Parameter3', '參數3', RESULT_TEXT),
        optional('Parameter4', '參數4', RESULT_TEXT),
      ]),
    ]),
  ],
  { namespace: 'urn:GEINV:ProcessResult:4.0', title: 'ProcessResult' },
);
export type ProcessResultValue = ValueOf<typeof PROCESS_RESULT.rows>;
