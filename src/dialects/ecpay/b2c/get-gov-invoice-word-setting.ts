/**
 * GetGovInvoiceWordSetting: the books that the Ministry allotted in a year (ECPay B2C API,
 * GetGovInvoiceWordSetting). These are the books that the ledger knows, however they came in.
 */
import { GET_GOV_INVOICE_WORD_SETTING } from '#wire/ecpay-b2c/tracks.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { bookletsOf } from '../../../domain/number-book.ts';
import { periodParts } from '../../../domain/period.ts';
import type { BookRow } from '../../../ledger/rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { currentPeriod, digitsOf, periodsOfYear } from '../tracks.ts';
import { yearFault } from './track-years.ts';

export const getGovInvoiceWordSetting: Endpoint = {
  action: 'GetGovInvoiceWordSetting',
  wire: GET_GOV_INVOICE_WORD_SETTING,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_GOV_INVOICE_WORD_SETTING.request, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const year = Number(reading.members.InvoiceYear);
  const { rocYear } = periodParts(currentPeriod(context.clock));
  const problem = yearFault(year, rocYear - 1, rocYear + 1);
  if (problem !== null) return refused(problem);
  const books: BookRow[] = [];
  for (const period of periodsOfYear(year)) {
    books.push(...(await context.ledger.reads.listBooks(call.seller.ubn, period)));
  }
  if (books.length === 0) {
    return refused(fault('TRACK_NOT_FOUND', 'InvoiceYear', 'no book of this year is known'));
  }
  return done(
    writeMessage(GET_GOV_INVOICE_WORD_SETTING.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '成功',
      InvoiceInfo: books.map((book) => ({
        InvoiceTerm: periodParts(book.period).term,
        InvType: book.invoiceType,
        InvoiceHeader: book.track,
        InvoiceStart: digitsOf(book.track, book.first),
        InvoiceEnd: digitsOf(book.track, book.last),
        Number: bookletsOf(book),
      })),
    }),
  );
}
