/**
 * Writes what the platform sends back: ProcessResult and SummaryResult (MOF schemas common/v40; the
 * summary in the form that the platform's readers know, with `ResultType`, `ResultDetailType` and
 * `Invoice`), and the envelope that Turnkey packs.
 */

export interface Route {
  readonly seller: string;
  readonly envelopeId: string;
  readonly message: string;
  readonly sizeBytes: number;
}

/** One message's answer, as it is kept and reported. */
export interface Answer {
  /** As read: holds nothing that XML would need escaped. */
  readonly number: string;
  /** `yyyyMMdd`. */
  readonly date: string;
  readonly code: string;
}

/** The platform's own party and route in results. Observed in public readers: ten zeros. */
const PLATFORM = '0000000000';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const GOOD = '00000';
const PARTIAL = 'E0504';

export function envelopeXml({ seller, message }: Route, bodies: readonly string[]): string {
  const head = `messageType="${message}" count="${bodies.length}" version="4.1"`;
  return [
    DECLARATION,
    '<InvoiceEnvelope xmlns="urn:GEINV:InvoiceEnvelope:4.1">',
    parties(seller),
    `<InvoicePack ${head}>`,
    ...bodies,
    '</InvoicePack>',
    '</InvoiceEnvelope>',
  ].join('\n');
}

/** A message as it goes into an envelope: without byte-order mark and declaration. */
export function bodyOf(text: string): string {
  return text.replace(/^\uFEFF?\s*(<\?xml[^>]*\?>)?\s*/, '').trimEnd();
}

export function processResultXml(route: Route, answers: readonly Answer[]): string {
  const failed = answers.flatMap((answer, index) =>
    answer.code === GOOD ? [] : [{ ...answer, position: index + 1 }],
  );
  const infos = failed.map(({ code, position, number, date }) =>
    [
      `<Info><Code>${code}</Code>`,
      `<Description>No. ${position} ${code}</Description>`,
      `<Parameter0>${number}</Parameter0><Parameter1>${date}</Parameter1></Info>`,
    ].join(''),
  );
  if (failed.length === 0) infos.unshift(`<Info><Code>${GOOD}</Code></Info>`);
  else if (failed.length < answers.length) infos.unshift(`<Info><Code>${PARTIAL}</Code></Info>`);
  return [
    DECLARATION,
    '<ProcessResult xmlns="urn:GEINV:ProcessResult:4.0">',
    `<RoutingInfo>${parties(route.seller)}</RoutingInfo>`,
    `<MessageInfo>${messageInfo(route)}</MessageInfo>`,
    '<Result>',
    ...infos,
    '</Result>',
    '</ProcessResult>',
  ].join('\n');
}

export interface SummaryDetail {
  readonly route: Route;
  readonly answers: readonly Answer[];
}

export function summaryResultXml(seller: string, details: readonly SummaryDetail[]): string {
  const messages = details.map(({ route, answers }) => {
    const good = answers.filter((answer) => answer.code === GOOD);
    const failed = answers.filter((answer) => answer.code !== GOOD);
    const parts = [part('Total', answers), part('Good', good), part('Failed', failed)];
    const info = `<Info>${messageInfo(route)}</Info>`;
    return `<Message>${info}<ResultType>${parts.join('')}</ResultType></Message>`;
  });
  return [
    DECLARATION,
    '<SummaryResult xmlns="urn:GEINV:SummaryResult:4.0">',
    `<RoutingInfo>${parties(seller)}</RoutingInfo>`,
    '<DetailList>',
    ...messages,
    '</DetailList>',
    '</SummaryResult>',
  ].join('\n');
}

/** A count of 0 comes without `Invoices`. */
function part(name: string, answers: readonly Answer[]): string {
  const invoices = answers.map(
    ({ number, date }) =>
      `<Invoice><ReferenceNumber>${number}</ReferenceNumber><InvoiceDate>${date}</InvoiceDate></Invoice>`,
  );
  const list = invoices.length === 0 ? '' : `<Invoices>${invoices.join('')}</Invoices>`;
  const detail = `<ResultDetailType><Count>${answers.length}</Count>${list}</ResultDetailType>`;
  return `<${name}>${detail}</${name}>`;
}

function parties(seller: string): string {
  return [
    `<From><PartyId>${seller}</PartyId></From>`,
    `<FromVAC><RoutingId>${seller}</RoutingId></FromVAC>`,
    `<To><PartyId>${PLATFORM}</PartyId></To>`,
    `<ToVAC><RoutingId>${PLATFORM}</RoutingId></ToVAC>`,
  ].join('');
}

function messageInfo({ envelopeId, sizeBytes, message }: Route): string {
  return [
    `<Id>${envelopeId}</Id><Size>${sizeBytes}</Size><MessageType>${message}</MessageType>`,
    '<Service>B2S</Service><Action>STORAGE</Action>',
  ].join('');
}
