/** The documents for tests of dialects: codes, links and jobs as in the sandbox. */
import { createDocuments, type DocumentsParts } from '../../src/documents/create.ts';
import { deriveQrKey } from '../../src/documents/qr-key.ts';
import type { Documents } from '../../src/ledger/document-ports.ts';

export function testDocuments(
  parts: Pick<DocumentsParts, 'ledger' | 'accounts' | 'clock'>,
  hasQrKey = true,
): Documents {
  return createDocuments({
    ...parts,
    keys: { keyOf: () => (hasQrKey ? deriveQrKey('12345678') : null) },
    linkKey: new Uint8Array(32),
    publicUrl: () => 'http://127.0.0.1:8787',
    isTest: true,
  });
}
