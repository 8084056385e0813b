/**
 * Merchants who exchange documents, from the wire to the Ministry and back: ECPay's B2B calls as bytes, the real
 * ledger and outbox, the simulated Ministry and the partner outside. Nothing ticks by itself.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SegmentCategory } from '../../src/ledger/rows.ts';
import { verifyJournal } from '../../src/ledger/verify.ts';
import { MESSAGE_TABLES } from '../../src/mof/mig/message-tables.ts';
import { readChecked } from '../../src/mof/mig/read-message.ts';
import { startSimulator } from '../../src/mof/simulator/simulator.ts';
import { startOutbox } from '../../src/mof/turnkey/outbox.ts';
import { SELLER_A, SELLER_B } from './demo.ts';
import { type B2bCall, MERCHANT_A, queried } from './ecpay-b2b-case.ts';
import type { Members } from './ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from './ecpay-house.ts';
import type { OpenedStore } from './engines.ts';
import { checkAllAgainstSchema } from './mig-schema.ts';
import { accountsOf, BY_HAND, KeptLog, temporaryFolder } from './mof-house.ts';
import { referenceFolder } from './reference.ts';
import { noteWritten } from './written-messages.ts';

const A = MERCHANT_A;
/** Nothing moved for so many rounds: nothing will. */
const ROUNDS_STILL = 3;
const ROUNDS_MAX = 100;

/** Two merchants, the outbox and the simulated Ministry; nothing ticks by itself. */
export class ExchangeHouse {
  readonly house: EcpayHouse;
  readonly log = new KeptLog();
  readonly folder = temporaryFolder();
  readonly answers: Members[] = [];
  #second = 30;

  private constructor(house: EcpayHouse) {
    this.house = house;
  }

  static async open(
    opened: OpenedStore,
    category: SegmentCategory = 'b2b',
  ): Promise<ExchangeHouse> {
    const segments = [{ code: '', category, count: 100 }];
    return new ExchangeHouse(await openEcpayHouse({ segments, opened }));
  }

  /** A call that must be answered 1, kept for the calls after it. */
  async do(call: B2bCall): Promise<Members> {
    const answer = await this.ask(call);
    assert.equal(Number(answer.RtnCode), 1, `${call.action}: ${JSON.stringify(answer)}`);
    this.answers.push(answer);
    return answer;
  }

  /** An action of the B2B API, or of the B2C one with '' as the prefix. */
  async ask(call: B2bCall, prefix = 'B2B/'): Promise<Members> {
    this.#second += 1;
    this.house.clock.set(
      `2026-11-21 10:${20 + Math.floor(this.#second / 60)}:${String(this.#second % 60).padStart(2, '0')}`,
    );
    const merchant = call.by ?? A;
    const data = typeof call.data === 'function' ? call.data(this.answers) : call.data;
    return (await this.house.call(`${prefix}${call.action}`, data, { merchant })).data;
  }

  async shown(by = A): Promise<Members> {
    const { RtnData } = await this.ask(queried('GetIssue', by));
    assert(typeof RtnData === 'object' && RtnData !== null);
    return Object.fromEntries(Object.entries(RtnData));
  }

  /** Rounds of outbox and Ministry until nothing is on its way any more. */
  async settle(): Promise<void> {
    const { ledger, clock } = this.house;
    const shared = { clock, log: this.log, folder: this.folder.path, schedule: BY_HAND };
    const isHere = (id: string) => id === SELLER_A.ubn || id === SELLER_B.ubn;
    const outbox = await startOutbox({
      ...shared,
      ledger,
      accounts: accountsOf([SELLER_A, SELLER_B]),
    });
    const books = async () => {
      const found = await Promise.all(
        [SELLER_A, SELLER_B].map(({ ubn }) => ledger.reads.listBooks(ubn)),
      );
      return found.flat().map(({ invoiceType: type, ...book }) => ({ ...book, type }));
    };
    const simulator = await startSimulator({ ...shared, answerAfterMs: 0, isHere, books });
    let unchanged = 0;
    for (let round = 0, seen = ''; round < ROUNDS_MAX && unchanged < ROUNDS_STILL; round += 1) {
      await outbox.tick();
      await simulator.tick();
      const { items } = await ledger.reads.listFilings({}, 0, 100);
      const now = JSON.stringify([items.map(({ state }) => state), this.received()]);
      unchanged = now === seen ? unchanged + 1 : 0;
      seen = now;
    }
    assert(unchanged === ROUNDS_STILL, 'it came to rest');
    await outbox.tick();
    await outbox.stop();
    await simulator.stop();
  }

  /** What lies in Turnkey's folders from outside is read; the Ministry does nothing. */
  async readReceived(): Promise<void> {
    const { ledger, clock } = this.house;
    const outbox = await startOutbox({
      ...{ clock, ledger, log: this.log, folder: this.folder.path, schedule: BY_HAND },
      accounts: accountsOf([SELLER_A, SELLER_B]),
    });
    await outbox.tick();
    await outbox.stop();
  }

  /** Entries of both journals: what changes nothing adds none. */
  async entries(): Promise<number> {
    const { reads } = this.house.ledger;
    const found = await Promise.all(
      [SELLER_A, SELLER_B].map(({ ubn }) => reads.listEntries(ubn, 0, 1_000)),
    );
    return found.flat().length;
  }

  /** A message of the partner outside, laid into its own Turnkey. */
  bring(kind: string, xml: string): void {
    const folder = join(this.folder.path, 'partner', 'UpCast', 'B2BEXCHANGE', kind, 'SRC');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${kind}.xml`), xml);
  }

  /** Messages that came from outside, by kind. */
  received(): readonly string[] {
    const root = join(this.folder.path, 'DownCast', 'B2BEXCHANGE');
    const names = existsSync(root) ? filesBelow(root) : [];
    return names.map((path) => path.slice(root.length + 1, root.length + 6)).sort();
  }

  /** The platform's codes to messages of the partner's own Turnkey. */
  partnerCodes(): readonly string[] {
    const root = join(this.folder.path, 'partner', 'Unpack');
    const paths = existsSync(root) ? filesBelow(root) : [];
    return paths.flatMap((path) => /<Code>(\w+)</.exec(readFileSync(path, 'utf8'))?.[1] ?? []);
  }

  /** Messages that Turnkey took, by kind. */
  sent(
    lane: 'B2BEXCHANGE' | 'B2SSTORAGE' = 'B2BEXCHANGE',
  ): readonly { readonly kind: string; readonly xml: string }[] {
    const root = join(this.folder.path, 'UpCast', lane);
    return filesBelow(root)
      .filter((path) => path.includes('/BAK/'))
      .map((path) => ({
        kind: path.slice(root.length + 1, root.length + 6),
        xml: readFileSync(path, 'utf8'),
      }));
  }

  async close(): Promise<void> {
    await noteWritten(this.folder.path);
    this.folder.remove();
    await this.house.close();
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Everything filed is confirmed, every message well-formed, the journals whole. */
export async function assertAllWell(
  { house, log }: ExchangeHouse,
  sent: ReturnType<ExchangeHouse['sent']>,
): Promise<void> {
  const { items } = await house.ledger.reads.listFilings({}, 0, 100);
  assert.deepEqual(
    items
      .filter(({ state }) => state !== 'confirmed')
      .map(({ message, state, holds, resultCode, resultText }) => ({
        message,
        state,
        holds,
        resultCode,
        resultText,
      })),
    [],
  );
  assert.deepEqual(log.errors(), []);
  for (const { kind, xml } of sent) {
    const table = Object.entries(MESSAGE_TABLES).find(([name]) => name === kind)?.[1];
    assert(table !== undefined);
    const read = readChecked(table, xml);
    assert(read.ok, JSON.stringify(read));
  }
  if (referenceFolder() !== null) {
    const errors = await checkAllAgainstSchema(sent.map(({ xml }) => xml));
    assert.deepEqual(errors.flat(), []);
  }
  const { breaks } = await verifyJournal(house.ledger.reads, [SELLER_A.ubn, SELLER_B.ubn]);
  assert.deepEqual(breaks, []);
}
