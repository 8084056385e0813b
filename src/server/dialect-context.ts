/** What every dialect is given, made from the core that it works over. */
import type { DialectContext, DialectSettings } from '../dialects/dialect.ts';
import { createDocuments, type DocumentsParts } from '../documents/create.ts';
import type { Core } from './core.ts';

/** Nobody limits calls where there are none. */
type ContextCore = Pick<Core, 'servedLedger' | 'accounts' | 'clock' | 'clientClocks' | 'registry'> &
  Partial<Pick<Core, 'callLimit' | 'downloadLimit'>>;

/** What every dialect is given, and whatever else speaks a dialect's words. */
export function dialectContext(
  { servedLedger: ledger, accounts, clock, clientClocks, registry, ...limits }: ContextCore,
  documents: DocumentsParts,
  settings: DialectSettings,
  publicUrl: () => string,
): DialectContext {
  const { callLimit, downloadLimit } = limits;
  return {
    ledger,
    accounts,
    clock,
    clientClocks,
    registry,
    ...(callLimit && { callLimit }),
    ...(downloadLimit && { downloadLimit }),
    settings,
    documents: createDocuments(documents),
    get publicUrl() {
      return publicUrl();
    },
  };
}
