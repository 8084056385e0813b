/**
 * The registers of production: barcodes and donation codes from the Ministry's service, company names
 * from the register that the operator imported. A failure is told with its reason, for the log.
 */
import { done, fault, type Outcome, refused } from '../../domain/fault.ts';
import type { CompanyRegister } from '../../ledger/ports.ts';
import type { Registry } from '../../ledger/registry-ports.ts';
import { type MinistryService, MinistryServiceError } from './ministry-service.ts';

export interface MinistryRegistryParts {
  /** Null where the operator has no AppID. */
  readonly service: MinistryService | null;
  readonly companies: Pick<CompanyRegister, 'findCompany' | 'companyEdition'>;
}

export function ministryRegistry({ service, companies }: MinistryRegistryParts): Registry {
  async function ask<T>(question: (asked: MinistryService) => Promise<T>): Promise<Outcome<T>> {
    if (service === null) return unavailable('no AppID of the Ministry is set');
    try {
      return done(await question(service));
    } catch (error) {
      if (!(error instanceof MinistryServiceError)) throw error;
      return unavailable(`the Ministry's service: ${error.message}`);
    }
  }
  return {
    isMobileBarcodeKnown: (barcode) => ask((asked) => asked.hasMobileBarcode(barcode)),
    findDonationOrganisation: (code) =>
      // The service tells only that a code exists, not whose it is.
      ask(async (asked) => ((await asked.hasDonationCode(code)) ? { name: '' } : null)),
    async findCompanyName(ubn) {
      const name = await companies.findCompany(ubn);
      if (name !== null) return done(name);
      // Nobody may be called unknown by a register that is not there.
      if ((await companies.companyEdition()) !== null) return done(null);
      return unavailable('no company register was imported');
    },
  };
}

function unavailable(hint: string): Outcome<never> {
  return refused(fault('REGISTRY_UNAVAILABLE', '', hint));
}
