/**
 * A ledger with its outbox and the simulated Ministry around one Turnkey folder, all real but for the
 * clock; nothing ticks by itself. Parts can be dropped and started again, as after a crash.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvoiceDraft, IssuedInvoice } from '../../src/domain/invoice.ts';
import { parseTrack } from '../../src/domain/invoice-number.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import type { Seller } from '../../src/domain/seller.ts';
import { taipeiDateOf } from '../../src/domain/taipei.ts';
import { createLedger, type LedgerHandle } from '../../src/ledger/create.ts';
import type { Accounts } from '../../src/ledger/ports.ts';
import type { FilingRow } from '../../src/ledger/rows.ts';
import type { Log, Schedule } from '../../src/mof/ports.ts';
import type { SimulatorPlan } from '../../src/mof/simulator/plan.ts';
import { type Simulator, startSimulator } from '../../src/mof/simulator/simulator.ts';
import type { PlatformBook } from '../../src/mof/simulator/standpoint.ts';
import { type Outbox, type OutboxParts, startOutbox } from '../../src/mof/turnkey/outbox.ts';
import { accepted, allowanceDraft, composed, SELLER_A, SELLER_B } from './demo.ts';
import { ENGINES, type OpenedStore, seededRandom, TestClock } from './engines.ts';
import { noteWritten } from './written-messages.ts';

export const BY_HAND: Schedule = { every: () => ({ cancel() {} }) };

/** A log that is kept. */
export class KeptLog implements Log {
  readonly lines: { readonly level: string; readonly facts: object; readonly text: string }[] = [];
  info(facts: object, text: string): void {
    this.lines.push({ level: 'info', facts, text });
  }
  warn(facts: object, text: string): void {
    this.lines.push({ level: 'warn', facts, text });
  }
  error(facts: object, text: string): void {
    this.lines.push({ level: 'error', facts, text });
  }
  errors(): readonly string[] {
    return this.lines
      .filter(({ level }) => level === 'error')
      .map(({ facts, text }) => `${text} ${'err' in facts ? String(facts.err) : ''}`);
  }
}

export function accountsOf(sellers: readonly Seller[]): Accounts {
  return {
    find: () => undefined,
    seller: (ubn) => sellers.find((seller) => seller.ubn === ubn),
    sellers: () => sellers,
  };
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'kaili-turnkey-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export class MofHouse {
  readonly clock = new TestClock();
  readonly log = new KeptLog();
  /** Sellers as the outbox sees them; change in place. */
  readonly sellers: Seller[] = [SELLER_A, SELLER_B];
  readonly folder: string;
  readonly opened: OpenedStore;
  readonly ledger: LedgerHandle;
  plan: SimulatorPlan = {};
  #outbox: Outbox | null = null;
  #simulator: Simulator | null = null;
  readonly #temporary = temporaryFolder();
  #orders = 0;

  private constructor(opened: OpenedStore) {
    this.opened = opened;
    this.folder = join(this.#temporary.path, 'turnkey');
    const { store } = opened;
    this.ledger = createLedger({ store, clock: this.clock, random: seededRandom(7) });
  }

  static async open(open: () => Promise<OpenedStore> = ENGINES.sqlite): Promise<MofHouse> {
    const house = new MofHouse(await open());
    await house.opened.store.directory.saveSellers(house.sellers);
    const [period, track] = [parsePeriod('11512'), parseTrack('KA')];
    assert(period !== undefined && track !== undefined);
    const base = { account: 'system', ip: '', period, track, segments: [] } as const;
    const range = {
      first: 10_000_000,
      last: 10_004_999,
      invoiceType: '07',
      source: 'manual',
    } as const;
    const books = house.sellers.map(({ ubn: seller }) => ({ ...base, ...range, seller }));
    for (const book of await house.ledger.importBook(books)) accepted(book);
    return house;
  }

  get outbox(): Outbox {
    assert(this.#outbox !== null, 'the outbox is not started');
    return this.#outbox;
  }

  get simulator(): Simulator {
    assert(this.#simulator !== null, 'the simulator is not started');
    return this.#simulator;
  }

  /** Starts an outbox; an earlier one is dropped as if its process had died. */
  async startOutbox(parts: Partial<OutboxParts> = {}): Promise<Outbox> {
    this.#outbox = await startOutbox({
      ledger: this.ledger,
      accounts: accountsOf(this.sellers),
      clock: this.clock,
      folder: this.folder,
      log: this.log,
      schedule: BY_HAND,
      ...parts,
    });
    return this.#outbox;
  }

  async startSimulator(): Promise<Simulator> {
    this.#simulator = await startSimulator({
      folder: this.folder,
      clock: this.clock,
      log: this.log,
      schedule: BY_HAND,
      plan: () => this.plan,
      books: () => this.#platformBooks(),
    });
    return this.#simulator;
  }

  /** The platform allotted what the sellers took in. */
  async #platformBooks(): Promise<readonly PlatformBook[]> {
    const { reads } = this.ledger;
    const books = await Promise.all(this.sellers.map(({ ubn }) => reads.listBooks(ubn)));
    return books.flat().map(({ invoiceType: type, ...book }) => ({ ...book, type }));
  }

  async start(): Promise<this> {
    await this.startOutbox();
    await this.startSimulator();
    return this;
  }

  /** Hand-over, pick-up, answer, reading: everything that can happen in two seconds. */
  async round(): Promise<void> {
    await this.outbox.tick();
    await this.simulator.tick();
    this.clock.advanceMs(1000);
    await this.simulator.tick();
    await this.outbox.tick();
  }

  async issue(
    count = 1,
    changes: Partial<InvoiceDraft> = {},
    seller: Seller = SELLER_A,
  ): Promise<readonly IssuedInvoice[]> {
    const commands = Array.from({ length: count }, () => {
      this.#orders += 1;
      const reference = `ORDER-${this.#orders}`;
      return {
        ...{
          seller: seller.ubn,
          account: 'ecpay:2000132',
          ip: '',
          composed: composed(105, changes),
        },
        ...({ reference, billingReference: '', channel: 'api', channelPartner: '' } as const),
        references: [{ kind: 'relate', key: reference, until: 'ever' }] as const,
        segment: { category: 'b2c', code: '' } as const,
      };
    });
    return (await this.ledger.issue(commands)).map(accepted);
  }

  async issueOne(changes: Partial<InvoiceDraft> = {}): Promise<IssuedInvoice> {
    const [content] = await this.issue(1, changes);
    assert(content !== undefined);
    return content;
  }

  async voidInvoice({ seller, number, issuedAt }: IssuedInvoice): Promise<void> {
    const issuedOn = taipeiDateOf(issuedAt);
    const base = { seller, account: 'ecpay:2000132', ip: '' };
    const [outcome] = await this.ledger.void([{ ...base, number, issuedOn, reason: '訂單取消' }]);
    accepted(outcome);
  }

  /** Gives back an amount; answers the allowance's number. */
  async allow({ seller, number }: IssuedInvoice, total: number): Promise<string> {
    const base = { seller, account: 'ecpay:2000132', ip: '' };
    const [outcome] = await this.ledger.allow([{ ...base, number, draft: allowanceDraft(total) }]);
    return accepted(outcome).content.number;
  }

  async voidAllowance({ seller, number }: IssuedInvoice, allowanceNumber: string): Promise<void> {
    const base = { seller, account: 'ecpay:2000132', ip: '' };
    const command = { ...base, number, allowanceNumber, reason: '折讓錯誤' };
    const [outcome] = await this.ledger.voidAllowance([command]);
    accepted(outcome);
  }

  async filings(): Promise<readonly FilingRow[]> {
    return (await this.ledger.reads.listFilings({}, 0, 5000)).items;
  }

  /** Message and state of every filing, e.g. `F0401 confirmed`. */
  async states(): Promise<readonly string[]> {
    return (await this.filings()).map(({ message, state }) => `${message} ${state}`);
  }

  async close(): Promise<void> {
    await this.#outbox?.stop();
    await this.#simulator?.stop();
    await this.ledger.drain();
    await this.opened.remove();
    await noteWritten(this.folder);
    this.#temporary.remove();
  }
}
