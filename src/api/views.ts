/**
 * What the native API shows, as Zod schemas: they type the views, describe them in OpenAPI and check
 * them in tests. Names are the ledger's own. Times are ISO 8601 in Taipei's offset.
 */
import { z } from 'zod';
import { CARRIER_KINDS } from '../domain/carrier.ts';
import { FILING_MESSAGES, FILING_STATES } from '../domain/filing.ts';
import { SEGMENT_STATUSES } from '../domain/number-book.ts';

const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
  .describe('ISO 8601, Taipei');
const amount = z.int().describe('Whole New Taiwan dollars');
const decimal = z.string().describe('Exact decimal text, up to seven decimals');
const ubn = z.string().describe('Tax ID 統一編號');
const period = z.string().describe('Period 期別: ROC year and even month');
const number = z.string().describe('Invoice number 發票號碼');
const position = z
  .string()
  .regex(/^\d{8}$/)
  .describe('Eight digits of a number');
const taxType = z.enum(['1', '2', '3', '4', '9']);
const lineTaxType = z.enum(['1', '2', '3', '4']);
const invoiceType = z.enum(['07', '08']);

/** A page of a list, newest or oldest first as its route says. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    total: z.int().describe('Items in all'),
    offset: z.int(),
    limit: z.int(),
    items: z.array(item),
  });
}

export const errorView = z.object({
  code: z.string(),
  path: z.string(),
  message: z.string(),
  hint: z.string(),
});

export const sellerView = z.object({
  ubn,
  name: z.string(),
  address: z.string(),
  personInCharge: z.string(),
  phone: z.string(),
  fax: z.string(),
  email: z.string(),
  zeroTaxRateReasonDefault: z.string(),
  memberCarrierCode: z.string(),
  branches: z.array(z.object({ ubn, name: z.string() })).describe('Branches 分支機構'),
});

export const segmentView = z.object({
  first: position,
  last: position,
  code: z.string().describe("Usage code; '' the default one"),
  category: z.enum(['b2c', 'b2b', 'pos', 'systemlead', 'any']),
  allotter: z.enum(['center', 'merchant']).describe('center: Kaili takes the next number'),
  status: z.enum(SEGMENT_STATUSES),
  next: position.nullable().describe('Next number to give; null: none left, or not given by Kaili'),
  left: z.int().nullable().describe("Numbers left; null where the client's program takes them"),
  lastIssuedAt: time.nullable(),
});

export const bookView = z.object({
  period,
  track: z.string(),
  first: position,
  last: position,
  invoiceType,
  source: z.enum(['e0501', 'csv', 'manual', 'sandbox', 'branch']),
  head: z.string().describe("Head office to which it was allotted; '' the seller itself"),
  importedAt: time,
  segments: z.array(segmentView),
});

export const filingView = z.object({
  sequence: z.int(),
  message: z.enum(FILING_MESSAGES),
  period,
  number,
  version: z.int(),
  allowanceNumber: z.string(),
  state: z.enum(FILING_STATES),
  holds: z.array(z.string()).describe('Why it is held'),
  attempts: z.int(),
  fileName: z.string(),
  createdAt: time,
  dueAt: time.describe('End of the last day on which it is in time'),
  handedAt: time.nullable(),
  sentAt: time.nullable(),
  settledAt: time.nullable(),
  resultCode: z.string(),
  resultText: z.string(),
});

export const mendedFilingView = filingView.extend({
  mendings: z
    .array(
      z.object({
        fromState: z.enum(FILING_STATES),
        fileName: z.string().describe('File of the attempt that was given up'),
        reason: z.string(),
        account: z.string(),
        mendedAt: time,
      }),
    )
    .describe('What a person did about it, oldest first'),
});

export const dayView = z.object({
  date: z.string(),
  isEven: z.boolean().describe('Whether summaries named everything that the day owes'),
  messages: z.array(
    z.object({
      message: z.enum(FILING_MESSAGES),
      owed: z.int(),
      summarized: z.int().describe('Named as taken (Good) by a SummaryResult'),
      confirmed: z.int(),
      refused: z.int(),
      held: z.int(),
      travelling: z.int(),
    }),
  ),
  missing: z.object({ total: z.int(), items: z.array(filingView) }),
});

export const invoiceSummaryView = z.object({
  period,
  number,
  version: z.int(),
  state: z.enum(['issued', 'voided']),
  issuedAt: time,
  account: z.string(),
  channel: z.enum(['api', 'pos', 'offline']),
  channelPartner: z.string(),
  reference: z.string(),
  invoiceType,
  taxType,
  buyerUbn: ubn.nullable(),
  buyerName: z.string(),
  isPrinted: z.boolean(),
  total: amount,
  remaining: amount.describe('What may still be given back, tax included'),
  filingState: z.enum(FILING_STATES).describe('Of the F0401 of this version'),
  voidedAt: time.nullable(),
  voidReason: z.string(),
});

const lineView = z.object({
  sequence: z.int(),
  description: z.string(),
  quantity: decimal,
  unit: z.string(),
  unitPrice: decimal,
  amount: decimal,
  taxClass: lineTaxType,
  remark: z.string(),
});

export const invoiceView = invoiceSummaryView.extend({
  billingReference: z.string(),
  randomNumber: z.string(),
  buyer: z.object({
    ubn: ubn.nullable(),
    name: z.string(),
    address: z.string(),
    phone: z.string(),
    email: z.string(),
    customerId: z.string(),
  }),
  carrier: z.object({
    kind: z.enum(CARRIER_KINDS),
    visibleId: z.string(),
    hiddenId: z.string(),
  }),
  donationCode: z.string(),
  remark: z.string(),
  amounts: z.object({
    sales: amount,
    exempt: amount,
    zeroRated: amount,
    tax: amount,
    total: amount,
    taxRate: z.string(),
  }),
  lines: z.array(lineView),
  filings: z.object({ issue: filingView, void: filingView.nullable() }),
});

export const closedTrackView = z.object({
  seller: ubn,
  track: z.string(),
  invoiceType,
  state: z
    .enum(['reported', 'replaced', 'unchanged', 'underway'])
    .describe('underway: the report before is not answered yet, so close again later'),
  ranges: z.array(z.object({ first: position, last: position })),
});

export const importedLineView = z.object({
  line: z.int(),
  outcome: z.enum(['new', 'known', 'refused']),
  seller: ubn,
  period,
  track: z.string(),
  invoiceType: invoiceType.nullable(),
  first: position.nullable(),
  last: position.nullable(),
  count: z.int().describe('How many numbers'),
  problem: z.string(),
});

export const alarmView = z.object({
  code: z.string(),
  severity: z.enum(['warning', 'critical']),
  count: z.int().describe('How many things it is about'),
  subject: z.string().describe('The thing itself, or the oldest of them'),
  since: time.nullable(),
  message: z.string(),
  hint: z.string(),
});

/** An alarm of one seller, or of the center itself. */
export const centerAlarmView = alarmView.extend({
  seller: ubn.nullable().describe('Null: of the center itself'),
});

export const entryView = z.object({
  sequence: z.int(),
  at: time,
  verb: z.string(),
  actor: z.string(),
  subject: z.string(),
  contentHash: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});

export const verificationView = z.object({
  isWhole: z.boolean(),
  entries: z.int().describe('Entries read'),
  breaks: z.array(z.object({ sequence: z.int(), problem: z.string() })),
});
