/**
 * References 自訂編號: which of the client's own numbers are taken, by whom, and how this batch changes
 * that. The rule itself (which kind, how compared, until when) comes with each command.
 */
import { type Fault, fault } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import type { ReferenceClaim } from './ledger.ts';
import type { Origin } from './origin.ts';
import type { InvoiceKey, ReferenceKey, ReferenceRow } from './rows.ts';
import { invoiceKeyText } from './verb.ts';

type Command = Origin & { readonly references: readonly ReferenceClaim[] };

export class References {
  /** Taken keys, each with the invoice that holds it. */
  readonly #taken = new Map<string, string>();
  /** What each opened invoice holds until it is voided. */
  readonly #held = new Map<string, ReferenceRow[]>();
  readonly #freed = new Map<string, ReferenceRow>();
  readonly #claimed = new Map<string, ReferenceRow>();

  static async open(batch: Batch, commands: readonly Command[]): Promise<References> {
    const references = new References();
    const keys = new Map<string, ReferenceKey>();
    for (const command of commands) {
      for (const key of keysOf(command)) keys.set(referenceText(key), key);
    }
    for (const row of await batch.transaction.findReferences([...keys.values()])) {
      references.#taken.set(referenceText(row), invoiceKeyText(row));
    }
    return references;
  }

  /** Looks up what these invoices hold until they are voided. */
  async openOf(batch: Batch, invoices: readonly InvoiceKey[]): Promise<void> {
    for (const row of await batch.transaction.findReferencesOf(invoices)) {
      const name = invoiceKeyText(row);
      this.#held.set(name, [...(this.#held.get(name) ?? []), row]);
    }
  }

  /** Why the command's references are not this invoice's to take; null where they are. */
  clash(command: Command, invoice: InvoiceKey): Fault | null {
    const own = invoiceKeyText(invoice);
    const taken = keysOf(command).find((key) => {
      const holder = this.#taken.get(referenceText(key));
      return holder !== undefined && holder !== own;
    });
    if (taken === undefined) return null;
    const hint = 'an invoice with this reference exists; query it instead of issuing again';
    return fault('REFERENCE_DUPLICATE', taken.kind, hint);
  }

  /** The invoice holds the command's references, instead of those of the same kinds that it held. */
  replace(command: Command & { readonly replacedKinds: readonly string[] }, invoice: InvoiceKey) {
    const name = invoiceKeyText(invoice);
    const kept: ReferenceRow[] = [];
    for (const row of this.#held.get(name) ?? []) {
      if (!command.replacedKinds.includes(row.kind)) kept.push(row);
      else {
        const text = referenceText(row);
        this.#taken.delete(text);
        // One that this batch itself claimed is not in the store yet.
        if (!this.#claimed.delete(text)) this.#freed.set(text, row);
      }
    }
    const { seller, period, number } = invoice;
    for (const [index, key] of keysOf(command).entries()) {
      const until = command.references[index]?.until ?? 'ever';
      const row: ReferenceRow = { ...key, seller, period, number, until };
      const text = referenceText(row);
      this.#taken.set(text, name);
      this.#claimed.set(text, row);
      kept.push(row);
    }
    this.#held.set(name, kept);
  }

  async write(batch: Batch): Promise<void> {
    await batch.transaction.deleteReferences([...this.#freed.values()]);
    await batch.transaction.insertReferences([...this.#claimed.values()]);
  }
}

function keysOf({ seller, account, references }: Command): readonly ReferenceKey[] {
  return references.map(({ kind, key }) => ({ seller, account, kind, key }));
}

function referenceText(key: ReferenceKey): string {
  return JSON.stringify([key.seller, key.account, key.kind, key.key]);
}
