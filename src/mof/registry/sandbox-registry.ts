/**
 * The registers of the sandbox: asks nobody. Every well-formed mobile barcode is known but for a few, and
 * one entry of each kind fails, as `sandbox-data.ts` says.
 */
import { isMobileBarcode } from '../../domain/carrier.ts';
import { done, fault, refused } from '../../domain/fault.ts';
import type { Registry } from '../../ledger/registry-ports.ts';
import {
  SANDBOX_BARCODES_UNKNOWN,
  SANDBOX_COMPANIES,
  SANDBOX_FAILURES,
  SANDBOX_ORGANISATIONS,
} from './sandbox-data.ts';

export const sandboxRegistry: Registry = {
  async isMobileBarcodeKnown(barcode) {
    if (barcode === SANDBOX_FAILURES.barcode) return failing();
    return done(isMobileBarcode(barcode) && !SANDBOX_BARCODES_UNKNOWN.has(barcode));
  },
  async findDonationOrganisation(code) {
    if (code === SANDBOX_FAILURES.donationCode) return failing();
    const name = SANDBOX_ORGANISATIONS[code];
    return done(name === undefined ? null : { name });
  },
  async findCompanyName(ubn) {
    if (ubn === SANDBOX_FAILURES.ubn) return failing();
    return done(SANDBOX_COMPANIES[ubn] ?? null);
  },
};

function failing() {
  const hint = 'the sandbox fails for this value, so that clients can try it';
  return refused(fault('REGISTRY_UNAVAILABLE', '', hint));
}
