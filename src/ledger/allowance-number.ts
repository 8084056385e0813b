/**
 * Allowance numbers 折讓證明單號碼: Kaili's own, or made from the prefix that a client gives (SystemLead
 * e首發票 API, AllowanceNumberPrefix). A number is 1–16 characters and is used once by a seller.
 */
import type { AllowanceNaming } from '../domain/allowance.ts';
import { type Fault, fault } from '../domain/fault.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Batch } from './batch.ts';
import type { Origin } from './origin.ts';

/** MIG 4.1 G0401, AllowanceNumber. */
export const ALLOWANCE_NUMBER_LENGTH_MAX = 16;
/** The form of Kaili's own numbers: the minute and a serial. A client's may not foretell one of them. */
const OWN_SHAPE = /^\d{16}$/;
/** `A` and three digits. */
const SUFFIX_LENGTH = 4;
/** Allowances under one prefix. */
export const SUFFIXES_MAX = 999;

type Command = Origin & { readonly naming?: AllowanceNaming };

/** The numbers of one batch's allowances, against those in use. */
export class AllowanceNumbers {
  readonly #batch: Batch;
  readonly #used: Set<string>;

  private constructor(batch: Batch, used: Set<string>) {
    this.#batch = batch;
    this.#used = used;
  }

  static async open(batch: Batch, commands: readonly Command[]): Promise<AllowanceNumbers> {
    const keys = new Map<string, { seller: Ubn; number: string }>();
    for (const { seller, naming } of commands) {
      if (naming === undefined) continue;
      for (const number of candidates(naming)) keys.set(`${seller}/${number}`, { seller, number });
    }
    const found = await batch.transaction.findAllowances([...keys.values()]);
    return new AllowanceNumbers(batch, new Set(found.map((row) => `${row.seller}/${row.number}`)));
  }

  /** The number of this command's allowance, taken from now on; or why there is none. */
  take({ seller, naming }: Command): string | Fault {
    if (naming === undefined) return this.#batch.nextAllowanceNumber(seller);
    if (OWN_SHAPE.test(naming.prefix)) {
      const hint =
        'sixteen digits are the form of Kaili’s own numbers; add a letter or drop a digit';
      return fault('ALLOWANCE_NUMBER_USED', 'number', hint);
    }
    const free = candidates(naming).find((number) => !this.#used.has(`${seller}/${number}`));
    if (free === undefined) {
      const hint = 'an allowance with this number or prefix exists; query it or choose another';
      return fault('ALLOWANCE_NUMBER_USED', 'number', hint);
    }
    this.#used.add(`${seller}/${free}`);
    return free;
  }
}

/** The numbers that may be made of a prefix: the first alone, or any where it may be used again. */
function candidates({ prefix, reuse }: AllowanceNaming): readonly string[] {
  if (prefix.length + SUFFIX_LENGTH > ALLOWANCE_NUMBER_LENGTH_MAX) return [prefix];
  const last = reuse === 'suffix' ? SUFFIXES_MAX : 1;
  return Array.from(
    { length: last },
    (_, index) => `${prefix}A${String(index + 1).padStart(3, '0')}`,
  );
}
