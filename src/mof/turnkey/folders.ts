/**
 * Turnkey's working folders as Kaili sees them (MOF Turnkey 3.2, TASK_CONFIG defaults): where messages
 * are dropped, where they turn up when taken or rejected, where packed envelopes and results lie.
 *
 * Made and checked once at start. What Turnkey does inside them is its own business.
 */
import { join } from 'node:path';
import {
  EXCHANGE_MESSAGES,
  type ExchangeMessage,
  FILING_MESSAGES,
  type FilingMessage,
} from '../../domain/filing.ts';
import type { FileSystem } from './file-system.ts';

export const FILED_MESSAGES = FILING_MESSAGES;

/** The folders of one message. All on one file system, so that a rename between them is atomic. */
export interface MessageFolders {
  /** Kaili writes here first; Turnkey does not look into it. */
  readonly staging: string;
  readonly source: string;
  readonly accepted: string;
  readonly rejected: string;
}

export interface TurnkeyFolders {
  readonly root: string;
  readonly messages: Readonly<Record<FilingMessage, MessageFolders>>;
  readonly processResults: string;
  readonly summaryResults: string;
  /** Envelopes in clear, then as signed and sent: the members of an envelope are found here. */
  readonly envelopes: readonly string[];
}

/** The folders cannot be used as they are; the text says what to mend. */
export class FolderProblem extends Error {
  override readonly name = 'FolderProblem';
}

export function turnkeyFolders(root: string): TurnkeyFolders {
  const storage = join(root, 'UpCast', 'B2SSTORAGE');
  // Number messages are not looked for in B2SSTORAGE.
  const numbers = join(root, 'UpCast', 'B2PMESSAGE');
  const results = join(root, 'Unpack', 'BAK');
  return {
    root,
    messages: {
      F0401: messageFolders(storage, 'F0401'),
      F0501: messageFolders(storage, 'F0501'),
      F0701: messageFolders(storage, 'F0701'),
      G0401: messageFolders(storage, 'G0401'),
      G0501: messageFolders(storage, 'G0501'),
      E0401: messageFolders(numbers, 'E0401'),
      E0402: messageFolders(numbers, 'E0402'),
      ...exchangeFolders(join(root, 'UpCast', 'B2BEXCHANGE')),
    },
    processResults: join(results, 'ProcessResult'),
    summaryResults: join(results, 'SummaryResult'),
    envelopes: [join(root, 'Pack', 'BAK'), join(root, 'SendFile', 'BAK')],
  };
}

function exchangeFolders(category: string): Readonly<Record<ExchangeMessage, MessageFolders>> {
  const entries = EXCHANGE_MESSAGES.map((message) => [message, messageFolders(category, message)]);
  // One entry for each message of the exchange.
  return Object.fromEntries(entries) as Record<ExchangeMessage, MessageFolders>;
}

function messageFolders(category: string, message: string): MessageFolders {
  const folder = join(category, message);
  return {
    staging: join(folder, 'KAILI'),
    source: join(folder, 'SRC'),
    accepted: join(folder, 'BAK'),
    rejected: join(folder, 'ERR'),
  };
}

/**
 * Makes what is missing and checks that hand-over can be atomic. With `isRootRequired` the root must be
 * there already: an unmounted share would otherwise become an empty local folder that swallows messages.
 */
export async function prepareFolders(
  root: string,
  files: FileSystem,
  isRootRequired: boolean,
): Promise<TurnkeyFolders> {
  const folders = turnkeyFolders(root);
  const found = await files.facts(root);
  if (found === null && isRootRequired) {
    throw new FolderProblem(
      `the Turnkey folder ${root} does not exist; create it or mount it before the start`,
    );
  }
  if (found !== null && found.kind === 'file') {
    throw new FolderProblem(`the Turnkey folder ${root} is a file`);
  }
  for (const folder of allFolders(folders)) await makeFolder(files, folder);
  for (const message of FILED_MESSAGES) await checkMessage(files, folders.messages[message]);
  return folders;
}

function allFolders(folders: TurnkeyFolders): readonly string[] {
  const stages = ['Pack', 'SendFile', 'ReceiveFile', 'Unpack', 'DownCast'];
  return [
    ...FILED_MESSAGES.flatMap((message) => Object.values(folders.messages[message])),
    ...stages.flatMap((stage) =>
      ['SRC', 'BAK', 'ERR'].map((part) => join(folders.root, stage, part)),
    ),
    folders.processResults,
    folders.summaryResults,
  ];
}

async function makeFolder(files: FileSystem, folder: string): Promise<void> {
  try {
    await files.makeFolder(folder);
  } catch (error) {
    throw new FolderProblem(`the folder ${folder} cannot be made; check its owner and rights`, {
      cause: error,
    });
  }
}

const PROBE_NAME = 'probe.tmp';

/** Staging must be writable and on the same file system as SRC. */
async function checkMessage(files: FileSystem, folders: MessageFolders): Promise<void> {
  const [staging, source] = await Promise.all([
    files.facts(folders.staging),
    files.facts(folders.source),
  ]);
  if (staging?.device !== source?.device) {
    throw new FolderProblem(
      `${folders.staging} and ${folders.source} must lie on one file system, or a half-written file could be taken`,
    );
  }
  const probe = join(folders.staging, PROBE_NAME);
  try {
    await files.write(probe, new Uint8Array());
    await files.remove(probe);
  } catch (error) {
    throw new FolderProblem(`${folders.staging} cannot be written; check its owner and rights`, {
      cause: error,
    });
  }
}
