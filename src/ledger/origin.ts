/** Who stands behind a command. Every command of the ledger begins with it. */
import type { Ubn } from '../domain/ubn.ts';
import type { AccountId } from './rows.ts';

/** Who asks, for whom, from where. Part of every command. */
export interface Origin {
  readonly seller: Ubn;
  readonly account: AccountId;
  /** Client's address as a dialect shows it; '' unknown. */
  readonly ip: string;
  /** The other party of a trade: where it is a seller of this center, both are locked and changed. */
  readonly counterparty?: Ubn;
}
