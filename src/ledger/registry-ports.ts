/**
 * What dialects ask of the public registers 登錄資料: mobile barcodes, donation codes, company names. Answered
 * by the Ministry's service and an imported register in production, from data of its own in the sandbox;
 * put together in `server/`. A register that cannot be asked is `REGISTRY_UNAVAILABLE`, never "unknown".
 */
import type { DonationCode } from '../domain/donation-code.ts';
import type { Outcome } from '../domain/fault.ts';
import type { Ubn } from '../domain/ubn.ts';

/** An organisation that takes donated invoices 受捐贈機關. */
export interface DonationOrganisation {
  /** '' where the register does not tell it. */
  readonly name: string;
}

export interface Registry {
  /** Whether a mobile barcode of the right form was given to somebody. */
  isMobileBarcodeKnown(barcode: string): Promise<Outcome<boolean>>;
  /** Null where no organisation has the code. */
  findDonationOrganisation(code: DonationCode): Promise<Outcome<DonationOrganisation | null>>;
  /** Null where no business has the tax ID. */
  findCompanyName(ubn: Ubn): Promise<Outcome<string | null>>;
}
