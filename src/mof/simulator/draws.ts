/**
 * The draw of a period, on the 25th of the odd month after it: the first invoice that each seller uploaded wins the
 * smallest prize, and an E0504 says so (MIG E0504 4.0, plain). The Ministry's own file comes encrypted in a way that
 * its public documents do not show; what is written here is the message inside.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dayOf, type Layout, readIfThere, writeWhole } from './layout.ts';
import { type ReadMessage, textAt } from './read-message.ts';
import { periodOfDay } from './standpoint.ts';

/** Day of the odd month after a period on which it is drawn (統一發票給獎辦法). */
const DRAW_DAY = 25;
const PRIZE = { type: '6', amount: '200' };

/** Keeps the first invoice of a seller and period, which will win. */
export async function noteWinner(
  layout: Layout,
  { kind, seller, number, date, tree }: ReadMessage,
  nowMs: number,
): Promise<void> {
  if (kind !== 'F0401') return;
  const path = join(layout.memory, 'winners', `${periodOfDay(date)}-${seller}.json`);
  if ((await readIfThere(path)) !== null) return;
  const main = (name: string) => textAt(tree, `Main/${name}`);
  const winner = {
    ...{ seller, number, date, time: main('InvoiceTime'), name: main('Seller/Name') },
    ...{ address: main('Seller/Address'), buyer: main('Buyer/Identifier') },
    ...{ total: textAt(tree, 'Amount/TotalAmount'), random: main('RandomNumber') || '0000' },
  };
  await writeWhole(layout, path, JSON.stringify(winner), nowMs);
}

/** Writes the E0504 of every period whose draw is over and whose list was not sent. */
export async function announceDraws(layout: Layout, nowMs: number): Promise<void> {
  const folder = join(layout.memory, 'winners');
  const names = new Set(await namesIn(folder));
  for (const name of names) {
    const [, period, seller] = /^(\d{5})-(\d{8})\.json$/.exec(name) ?? [];
    if (period === undefined || seller === undefined || names.has(`${name}.drawn`)) continue;
    const day = drawDay(period);
    if (dayOf(nowMs) < day) continue;
    const text = (await readIfThere(join(folder, name))) ?? '{}';
    // Written by `noteWinner` as texts by name.
    const xml = e0504Xml(period, day, JSON.parse(text) as Record<string, string>);
    // Seven parts, as the Ministry names its lists.
    const file = `${seller}_${seller}_E0504_${period}_0_${day}_1.xml`;
    await writeWhole(layout, join(layout.result('E0504', nowMs), file), xml, nowMs);
    await writeWhole(layout, join(folder, `${name}.drawn`), '', nowMs);
  }
}

/** `yyyyMMdd` of the draw of a period `11512`. */
function drawDay(period: string): string {
  const next = Temporal.PlainYearMonth.from({
    year: Number(period.slice(0, 3)) + 1911,
    month: Number(period.slice(3)),
  }).add({ months: 1 });
  return `${next.toString().replace('-', '')}${DRAW_DAY}`;
}

function e0504Xml(period: string, day: string, winner: Readonly<Record<string, string>>): string {
  const roc = (text: string) => `${Number(text.slice(0, 4)) - 1911}${text.slice(4)}`;
  const first = Temporal.PlainDate.from(`${day.slice(0, 4)}-${day.slice(4, 6)}-01`).add({
    months: 1,
    days: 5,
  });
  const last = first.add({ months: 3 }).subtract({ days: 1 });
  const compact = (date: Temporal.PlainDate) => date.toString().replaceAll('-', '');
  const of = (name: string) => winner[name] ?? '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Award xmlns="urn:GEINV:eInvoiceMessage:E0504:4.0"><Main>',
    `<HeadBan>${of('seller')}</HeadBan><YearMonth>${period}</YearMonth>`,
    '<AwardListType>0</AwardListType><TotalRecordCnt>1</TotalRecordCnt>',
    `<TotalPrizeAmount>${PRIZE.amount}</TotalPrizeAmount>`,
    `<RecAwardBegin>${roc(compact(first))}</RecAwardBegin>`,
    `<RecAwardEnd>${roc(compact(last))}</RecAwardEnd></Main><Details><PrizeInvoice>`,
    `<InvTrack>${of('number').slice(0, 2)}</InvTrack><InvoiceNumber>${of('number')}</InvoiceNumber>`,
    `<InvoiceDate>${of('date')}</InvoiceDate><InvoiceTime>${of('time')}</InvoiceTime>`,
    `<Seller><Identifier>${of('seller')}</Identifier><Name>${escaped(of('name'))}</Name>`,
    `<Address>${escaped(of('address'))}</Address></Seller><BuyerId>${of('buyer')}</BuyerId>`,
    `<TotalAmount>${of('total')}</TotalAmount><RandomNumber>${of('random')}</RandomNumber>`,
    `<PrizeType>${PRIZE.type}</PrizeType><PrizeAmount>${PRIZE.amount}</PrizeAmount>`,
    '<DepositMark>0</DepositMark><RedeemDataType>0</RedeemDataType>',
    '<PrizeDataSource>0</PrizeDataSource><PrintType>0</PrintType>',
    '</PrizeInvoice></Details></Award>',
  ].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
