/**
 * upsertPartner and deletePartner 交易對象: whom a seller trades with, and in which mode. A change holds for
 * documents made from then on; those made before keep the mode they were made in.
 */

import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { PartnerFacts } from '../domain/partner.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { Origin } from './origin.ts';
import type { DeletePartnerFacts, UpsertPartnerFacts } from './trade-commands.ts';
import type { PartnerKey } from './trade-ports.ts';
import type { PartnerRow } from './trade-rows.ts';
import type { Verb } from './verb.ts';

type DeletePartnerCommand = Origin & DeletePartnerFacts;
type UpsertPartnerCommand = Origin & UpsertPartnerFacts;

export const upsertPartner: Verb<UpsertPartnerCommand, PartnerRow> = {
  name: 'upsertPartner',
  apply: applyUpserts,
};
export const deletePartner: Verb<DeletePartnerCommand, PartnerRow> = {
  name: 'deletePartner',
  apply: applyDeletes,
};

function keyText({ seller, partner }: PartnerKey): string {
  return `${seller}/${partner}`;
}

async function findKnown(
  batch: Batch,
  keys: readonly PartnerKey[],
): Promise<Map<string, PartnerRow>> {
  const unique = new Map(keys.map((key) => [keyText(key), key]));
  const rows = await batch.transaction.findPartners([...unique.values()]);
  return new Map(rows.map((row) => [keyText(row), row]));
}

/** The subject of a partner's entries in the journal. */
export function partnerSubject(partner: string): string {
  return `partner/${partner}`;
}

/** What a partner's entry hashes: all that is kept of it. */
export function partnerText(row: PartnerFacts): string {
  const { partner, kind, name, customerNumber, personInCharge, address, phone, fax } = row;
  const { mode, email, salesName, contactAddress, passPhrase } = row;
  return JSON.stringify({
    ...{ partner, kind, name, customerNumber, personInCharge, address, phone, fax },
    ...{ mode, email, salesName, contactAddress },
    // Entries of before there was one were made without it.
    ...(passPhrase !== '' && { passPhrase }),
  });
}

async function applyUpserts(
  batch: Batch,
  commands: readonly UpsertPartnerCommand[],
): Promise<readonly Outcome<PartnerRow>[]> {
  const known = await findKnown(
    batch,
    commands.map(({ seller, partner: { partner } }) => ({ seller, partner })),
  );
  const added = new Map<string, PartnerRow>();
  const changed = new Map<string, PartnerRow>();
  const outcomes = commands.map((command): Outcome<PartnerRow> => {
    const { seller, partner: facts, expects } = command;
    const key = keyText({ seller, partner: facts.partner });
    const isKnown = known.has(key);
    if (isKnown && expects === 'absent') {
      return refused(fault('PARTNER_EXISTS', 'partner', 'change it instead of adding it'));
    }
    if (!isKnown && expects === 'present') {
      return refused(fault('PARTNER_UNKNOWN', 'partner', 'add the partner first'));
    }
    const subject = partnerSubject(facts.partner);
    const hash = contentHash(partnerText(facts));
    const sequence = batch.append(seller, upsertPartner.name, command.account, subject, hash);
    const row: PartnerRow = { seller, ...facts, sequence };
    known.set(key, row);
    (isKnown && !added.has(key) ? changed : added).set(key, row);
    return done(row);
  });
  await batch.transaction.insertPartners([...added.values()]);
  await batch.transaction.savePartners([...changed.values()]);
  return outcomes;
}

async function applyDeletes(
  batch: Batch,
  commands: readonly DeletePartnerCommand[],
): Promise<readonly Outcome<PartnerRow>[]> {
  const known = await findKnown(batch, commands);
  const deleted: PartnerRow[] = [];
  const outcomes = commands.map((command): Outcome<PartnerRow> => {
    const row = known.get(keyText(command));
    if (row === undefined) {
      return refused(fault('PARTNER_UNKNOWN', 'partner', 'there is no such partner'));
    }
    const { seller, partner, account } = command;
    const hash = contentHash(partnerText(row));
    batch.append(seller, deletePartner.name, account, partnerSubject(partner), hash);
    known.delete(keyText(command));
    deleted.push(row);
    return done(row);
  });
  await batch.transaction.deletePartners(deleted);
  return outcomes;
}
