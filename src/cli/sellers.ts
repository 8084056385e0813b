/** `kaili seller add|list`: who issues invoices here. */
import { z } from 'zod';
import type { Seller } from '../domain/seller.ts';
import { parseUbn, type Ubn } from '../domain/ubn.ts';
import { saveSellers } from '../server/accounts.ts';
import { type CommandIo, readInput } from './input.ts';
import { withSession } from './session.ts';

/** A tax ID in a document. */
export const ubnMember = z.string().transform((text, context): Ubn => {
  const parsed = parseUbn(text);
  if (parsed !== 'shape' && parsed !== 'check-digit') return parsed;
  context.addIssue(`not a tax ID (UBN): wrong ${parsed}`);
  return z.NEVER;
});

const REASONS = ['', '71', '72', '73', '74', '75', '76', '77', '78', '79'] as const;

// Lengths: MIG 4.1, role description of a seller.
const sellerDocument = z.strictObject({
  ubn: ubnMember,
  name: z.string().trim().min(1).max(60),
  address: z.string().trim().min(1, 'without it no invoice can be filed').max(100),
  personInCharge: z.string().trim().max(30).default(''),
  phone: z.string().trim().max(26).default(''),
  fax: z.string().trim().max(26).default(''),
  email: z.string().trim().max(400).default(''),
  zeroTaxRateReasonDefault: z.enum(REASONS).default(''),
  memberCarrierCode: z
    .string()
    .trim()
    .regex(/^([A-Z]{2}\d{4})?$/, 'two capitals and four digits, as the Ministry gave it')
    .default(''),
});

/** Adds a seller, or replaces the settings of a known one. */
export async function addSeller(file: string, io: CommandIo): Promise<number> {
  const seller: Seller = await readInput(file, sellerDocument, io);
  return withSession(io, { mayCreate: true }, async ({ store, secretBox }) => {
    // Marks new data with its mode and key, and refuses data of the other mode.
    await secretBox();
    const isKnown = (await store.directory.listSellers()).some(({ ubn }) => ubn === seller.ubn);
    await saveSellers(store.directory, [seller]);
    io.print(`seller ${seller.ubn} ${seller.name}: ${isKnown ? 'settings replaced' : 'added'}`);
    return 0;
  });
}

export function listSellers(io: CommandIo): Promise<number> {
  return withSession(io, { mayCreate: false }, async ({ store }) => {
    for (const { ubn, name, address } of await store.directory.listSellers()) {
      io.print(`${ubn}\t${name}\t${address}`);
    }
    return 0;
  });
}
