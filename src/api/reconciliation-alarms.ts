/** The alarm for days whose summaries did not name everything that was confirmed. */
import type { z } from 'zod';
import { addDays } from '../domain/calendar.ts';
import { taipeiDateOf, taipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Clock, StoreReads } from '../ledger/ports.ts';
import type { alarmView } from './views.ts';

type Alarm = z.input<typeof alarmView>;

/** A summary of a day comes on the day after: by then it should have named everything. */
const SUMMARY_DAYS = 2;
/** Days back that the alarm looks at. */
const ALARM_DAYS = 10;

/** Documents that an answer confirmed and no summary has named though its day is over. */
export async function reconciliationAlarms(
  reads: StoreReads,
  clock: Clock,
  seller: Ubn,
): Promise<readonly Alarm[]> {
  const today = taipeiDateOf(taipeiDateTime(clock.now()));
  const { total, items } = await reads.listFilings(
    {
      ...{ seller, states: ['confirmed'], isSummarized: false, isOfNumbers: false },
      keyDateFrom: addDays(today, -ALARM_DAYS),
      keyDateTo: addDays(today, -SUMMARY_DAYS),
    },
    0,
    1,
  );
  const [first] = items;
  if (first === undefined) return [];
  return [
    {
      code: 'DAY_NOT_RECONCILED',
      severity: 'warning',
      count: total,
      subject: `day/${first.keyDate}: ${first.message} ${first.allowanceNumber || first.invoiceNumber}`,
      since: null,
      message: '日結彙總（SummaryResult）與應上傳筆數不符',
      hint: 'see /reconciliation of that day; without any SummaryResult, switch it on in the platform’s web settings and see that Turnkey unpacks it',
    },
  ];
}
