/** What ProcessResult and SummaryResult share: who sent to whom, and which envelope is meant. */
import { group, optional, required } from './message-table.ts';
import { choice, text } from './types.ts';

/** The schemas say nothing of lengths; a text beyond this is none of the platform's. */
export const RESULT_TEXT_MAX = 1000;
export const RESULT_TEXT = text(0, RESULT_TEXT_MAX);

/** Codes that the platform answers about; the result schemas' own list lacks the number messages. */
export const ANSWERED_MESSAGES = choice(
  ...['A0101', 'A0102', 'A0201', 'A0202', 'A0301', 'A0302', 'B0101', 'B0102', 'B0201', 'B0202'],
  ...['F0401', 'F0501', 'F0701', 'G0401', 'G0501', 'E0401', 'E0402', 'E0501', 'E0502', 'E0503'],
  'E0504',
);

const PARTY_ROWS = [
  required('PartyId', '識別碼', RESULT_TEXT),
  optional('Description', '說明', RESULT_TEXT),
] as const;
const ROUTE_ROWS = [
  required('RoutingId', '路由碼', RESULT_TEXT),
  optional('Description', '說明', RESULT_TEXT),
] as const;

export const ROUTING_INFO = group('RoutingInfo', '傳送資訊', [
  group('From', '傳送方', PARTY_ROWS),
  group('FromVAC', '傳送方加值中心', ROUTE_ROWS),
  group('To', '接收方', PARTY_ROWS),
  group('ToVAC', '接收方加值中心', ROUTE_ROWS),
]);
