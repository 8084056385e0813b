/**
 * OfflineIssue: takes in an invoice that a machine issued, with the machine's own number, time and random
 * code (ECPay offline API, OfflineIssue). The number lies in the machine's track and is used once; the
 * upload is taken until the 15th of the month after the period.
 */
import { OFFLINE_ISSUE, OFFLINE_ISSUE_REQUEST } from '#wire/ecpay-b2c/offline.ts';
import type { Wire } from '#wire/field.ts';
import { writeMessage } from '#wire/write-message.ts';
import { machineUploadDeadline } from '../../../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { periodOf } from '../../../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../../domain/taipei.ts';
import type { Clock } from '../../../ledger/ports.ts';
import type { DialectContext } from '../../dialect.ts';
import { timeOf } from '../dates.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { composeRequest, TOTAL } from './compose-request.ts';
import { channelPartnerOf, onWire, referenceKeyOf } from './fields.ts';
import type { IssueRequest } from './issue-request.ts';
import { invoiceNumberOf } from './numbers.ts';

export const offlineIssue: Endpoint = { action: 'OfflineIssue', wire: OFFLINE_ISSUE, answer };

type Machines = Pick<
  Wire<typeof OFFLINE_ISSUE_REQUEST>,
  'MachineID' | 'InvoiceNo' | 'InvoiceDate' | 'RandomNumber'
>;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const composed = composeRequest<IssueRequest & Machines>(
    OFFLINE_ISSUE_REQUEST,
    call.data,
    call.seller,
  );
  if (!composed.ok) return composed;
  const { request, invoice } = composed.value;
  const late = lateFault(request.InvoiceDate, context.clock);
  if (late !== null) return refused(late);
  const [outcome] = await context.ledger.issue([
    {
      ...originOf(call),
      composed: invoice,
      references: [{ kind: 'relate', key: referenceKeyOf(request.RelateNumber), until: 'ever' }],
      reference: request.RelateNumber,
      billingReference: '',
      channel: 'offline',
      channelPartner: channelPartnerOf(request.ChannelPartner),
      segment: { category: 'pos', code: request.MachineID },
      given: {
        number: invoiceNumberOf(request.InvoiceNo),
        issuedAt: timeOf(request.InvoiceDate),
        randomNumber: request.RandomNumber,
        tracks: 'always',
      },
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no issue');
  if (!outcome.ok) return onWire(outcome.faults, TOTAL);
  return done(
    writeMessage(OFFLINE_ISSUE.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '開立發票成功',
      InvoiceNo: outcome.value.number,
      RelateNumber: request.RelateNumber,
    }),
  );
}

function lateFault(time: string, clock: Clock): Fault | null {
  const deadline = machineUploadDeadline(periodOf(taipeiDateOf(timeOf(time))));
  if (taipeiDateTime(clock.now()) <= deadline) return null;
  return fault('ISSUE_OVERDUE', 'InvoiceDate', `it was taken until ${deadline}`);
}
