/**
 * A trading partner 交易對象 of a seller: another business, and how documents reach it. What is agreed
 * here decides the mode of the documents made from then on; those made before keep theirs.
 */
import type { Ubn } from './ubn.ts';

/**
 * storage 存證: the seller files with the Ministry, and nobody confirms. exchange 交換: every document goes
 * to the partner through the Ministry, and the partner confirms it (MIG 4.1, storage and exchange messages).
 */
export type TradeMode = 'storage' | 'exchange';

/** What a seller keeps of a partner. Texts are '' where not given. */
export interface PartnerFacts {
  readonly partner: Ubn;
  readonly kind: 'buyer' | 'seller' | 'both';
  /** 1–60 characters. */
  readonly name: string;
  /** The seller's own number of the partner. */
  readonly customerNumber: string;
  readonly personInCharge: string;
  readonly address: string;
  readonly phone: string;
  readonly fax: string;
  readonly mode: TradeMode;
  /** One address, or several separated by `;`. */
  readonly email: string;
  readonly salesName: string;
  readonly contactAddress: string;
  /** What both agreed to know each other by 交易暗語; shown nowhere. */
  readonly passPhrase: string;
}
