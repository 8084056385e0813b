/**
 * Turns the platform's answers into verdicts, one a message: who, which message, which number, by which
 * day, confirmed or refused and why. Which filing that is, is found in `match-verdicts.ts`.
 */
import { type FilingMessage, NUMBER_MESSAGES } from '../../domain/filing.ts';
import { type TaipeiDate, type TaipeiDateTime, taipeiDateOf } from '../../domain/taipei.ts';
import { parseUbn, type Ubn } from '../../domain/ubn.ts';
import { branchNumbersText, numbersText } from '../../ledger/number-report.ts';
import type { Accounts } from '../../ledger/ports.ts';
import type { EnvelopeFinder, EnvelopeMember } from './envelope.ts';
import { envelopeTime } from './envelope.ts';
import { FILED_MESSAGES } from './folders.ts';
import { GOOD_CODE, LOCAL_CODES, PARTIAL_CODES, refusalText } from './platform-codes.ts';
import type { ProcessResult, ResultInfo } from './process-result.ts';
import type { SummaryReference, SummaryResult } from './summary-result.ts';
import { compactToDateTime, parseTaipeiDate } from './taipei-days.ts';

export interface Verdict {
  /** Sellers it may be about: by the envelope's member, else sender and receiver that are set up here. */
  readonly sellers: readonly Ubn[];
  readonly message: FilingMessage;
  readonly number: string;
  /** Days by which the filing may be named. */
  readonly dates: readonly TaipeiDate[];
  readonly to: 'confirmed' | 'refused';
  readonly code: string;
  readonly text: string;
  /** When the answer was given; tells an answer to an earlier attempt from one to this. */
  readonly answeredAt: TaipeiDateTime;
  /** When Turnkey packed it, by its own clock; null unknown. */
  readonly packedAt: TaipeiDateTime | null;
  /** Of a summary that names it as taken: the day on which the summary came. */
  readonly summarizedOn?: TaipeiDate;
}

export interface Verdicts {
  readonly verdicts: readonly Verdict[];
  /** Whether it speaks of an envelope whose members are not known here: the summary will tell. */
  readonly isUnresolved: boolean;
}

type Ruling = Pick<Verdict, 'to' | 'code' | 'text'>;

const CONFIRMED: Ruling = { to: 'confirmed', code: GOOD_CODE, text: '' };
const TRACK_AND_TYPE = /(?:(\d{8})[^0-9A-Z]*)?([A-Z]{2})[^0-9A-Z]*(0[78])(?!\d)/;
/** "No. 3 …": the place in the envelope, counted from 1 (MOF Turnkey, ProcessResult descriptions). */
const POSITION = /^\s*No\.?\s*(\d{1,5})\b/i;

/** Verdicts of one ProcessResult (MOF Turnkey, ProcessResult: 00000, partly successful, or failures). */
export async function processVerdicts(
  result: ProcessResult,
  answeredAt: TaipeiDateTime,
  accounts: Accounts,
  finder: EnvelopeFinder,
): Promise<Verdicts> {
  const message = filedMessage(result.message);
  if (message === null) return { verdicts: [], isUnresolved: false };
  const members = await finder.members(result.envelopeId, message);
  const parties = knownSellers(result.parties, accounts);
  const time = envelopeTime(result.envelopeId);
  const packedAt = time === null ? null : compactToDateTime(time);
  const verdictOf = (
    member: EnvelopeMember | undefined,
    number: string,
    day: string,
    r: Ruling,
  ) => {
    const dates = [day, member?.date ?? ''].map(parseTaipeiDate).filter((date) => date !== null);
    const own = knownSellers([member?.seller ?? ''], accounts);
    const sellers = own.length > 0 ? own : parties;
    return { sellers, message, number, dates: [...new Set(dates)], answeredAt, packedAt, ...r };
  };
  const verdicts: Verdict[] = [];
  const named = new Set<string>();
  const wholes: ResultInfo[] = [];
  for (const info of result.infos) {
    const own = numberOf(info, message);
    const member = memberOf(info, own, members);
    const number = own || member?.number || '';
    if (number === '') {
      wholes.push(info);
      continue;
    }
    named.add(number);
    verdicts.push(verdictOf(member, number, info.parameters[1] ?? '', rulingOf(info)));
  }
  const ruling = rulingOfOthers(wholes);
  if (ruling === null) return { verdicts, isUnresolved: false };
  for (const member of members ?? []) {
    if (!named.has(member.number)) {
      verdicts.push(verdictOf(member, member.number, member.date, ruling));
    }
  }
  return { verdicts, isUnresolved: members === null };
}

/**
 * The number that an Info names. Of a number message it is tax ID, track and type, in one parameter or in
 * several: the Ministry's documents do not say which.
 */
function numberOf(info: ResultInfo, message: FilingMessage): string {
  if (!NUMBER_MESSAGES.includes(message)) return info.parameters[0]?.trim() ?? '';
  const [, ban, track, invoiceType] = TRACK_AND_TYPE.exec(info.parameters.join(' ')) ?? [];
  if (track === undefined || invoiceType === undefined) return '';
  // An E0401 is one of several of its track: without the branch's tax ID it is found by its place.
  if (message === 'E0401')
    return ban === undefined ? '' : branchNumbersText(track, invoiceType, ban);
  return numbersText(track, invoiceType);
}

/** The member that an Info speaks of: by its number, else by "No. n". */
function memberOf(
  info: ResultInfo,
  number: string,
  members: readonly EnvelopeMember[] | null,
): EnvelopeMember | undefined {
  if (number !== '') return members?.find((member) => member.number === number);
  const position = POSITION.exec(info.description)?.[1];
  return position === undefined ? undefined : members?.[Number(position) - 1];
}

function rulingOf(info: ResultInfo): Ruling {
  if (info.code === GOOD_CODE) return CONFIRMED;
  return { to: 'refused', code: info.code, text: refusalText(info.code, info.description) };
}

/** What infos without a number say about the messages that no other info names; null: nothing. */
function rulingOfOthers(wholes: readonly ResultInfo[]): Ruling | null {
  const [first] = wholes;
  if (first === undefined) return null;
  const failure = wholes.find(
    (info) => info.code !== GOOD_CODE && !PARTIAL_CODES.includes(info.code),
  );
  return failure === undefined ? CONFIRMED : rulingOf(failure);
}

/**
 * Verdicts of a daily SummaryResult. A number that is both good and failed that day was mended and sent
 * again: good wins. The time is the envelope's, since a summary comes long after the attempts.
 */
export function summaryVerdicts(
  summary: SummaryResult,
  arrivedAt: TaipeiDateTime,
  accounts: Accounts,
): readonly Verdict[] {
  const sellers = knownSellers(summary.parties, accounts);
  const failure: Ruling = {
    to: 'refused',
    code: LOCAL_CODES.failedInSummary,
    text: refusalText(LOCAL_CODES.failedInSummary, ''),
  };
  const good = new Set<string>();
  for (const { message, good: references } of summary.messages) {
    for (const { number } of references) good.add(`${message}/${number}`);
  }
  return summary.messages.flatMap((detail) => {
    const message = filedMessage(detail.message);
    if (message === null) return [];
    const time = envelopeTime(detail.envelopeId);
    const answeredAt = time === null ? arrivedAt : compactToDateTime(time);
    const verdictOf = ({ number, date }: SummaryReference, ruling: Ruling): Verdict => {
      const day = parseTaipeiDate(date);
      const dates = day === null ? [] : [day];
      return { sellers, message, number, dates, answeredAt, packedAt: null, ...ruling };
    };
    const failed = detail.failed.filter(({ number }) => !good.has(`${message}/${number}`));
    return [
      ...detail.good.map((reference) => ({
        ...verdictOf(reference, CONFIRMED),
        summarizedOn: taipeiDateOf(arrivedAt),
      })),
      ...failed.map((reference) => verdictOf(reference, failure)),
    ];
  });
}

function filedMessage(text: string): FilingMessage | null {
  return FILED_MESSAGES.find((message) => message === text) ?? null;
}

function knownSellers(ids: readonly string[], accounts: Accounts): readonly Ubn[] {
  return ids.flatMap((id) => {
    const ubn = parseUbn(id);
    if (ubn === 'shape' || ubn === 'check-digit') return [];
    return accounts.seller(ubn) === undefined ? [] : [ubn];
  });
}
