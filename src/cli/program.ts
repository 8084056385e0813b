/** The `kaili` command: its words and options. What a command does is in the file of its name. */
import { Command, CommanderError } from 'commander';
import { addAccount, listAccounts } from './accounts.ts';
import { type ImportChoice, importBookFile } from './book-import.ts';
import { type SplitChoice, splitBook } from './book-split.ts';
import { addBook } from './books.ts';
import { importCompanyRegister, type RegisterFile } from './company-register.ts';
import { doctor } from './doctor.ts';
import {
  type FilingChoice,
  listFilings,
  type MendChoice,
  releaseFiling,
  resendFiling,
} from './filings.ts';
import { type CommandIo, CommandProblem } from './input.ts';
import { type CloseChoice, closePeriodOf } from './period-close.ts';
import { addPrinter, listPrinters } from './printers.ts';
import { setQrKey } from './qr-keys.ts';
import { addSeller, listSellers } from './sellers.ts';
import { addToken, revokeToken, type TokenScope } from './tokens.ts';
import { verify } from './verify.ts';

/** Wrong words, or a document that is not as expected (EX_USAGE is left to shells). */
const EXIT_COMMAND_PROBLEM = 1;

/** Runs one command and answers its exit code. Settings are the server's, from the environment. */
export async function runCommand(words: readonly string[], io: CommandIo): Promise<number> {
  let exitCode = 0;
  const program = describe(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof CommandProblem)) throw error;
    io.printError(error.message);
    return EXIT_COMMAND_PROBLEM;
  }
}

function describe(io: CommandIo, end: (exitCode: number) => void): Command {
  const program = new Command('kaili')
    .description(
      'Kaili 開立: set up and check. Settings come from the environment, as for the server.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.print(text.trimEnd()),
      writeErr: (text) => io.printError(text.trimEnd()),
    });
  // Subcommands take over exitOverride and output from the command that makes them.
  program.command('serve').description('serve (the same as without a command)');
  program
    .command('verify')
    .description('recompute every journal; exit 1 and name the entry when something was changed')
    .action(async () => end(await verify(io)));
  addFileCommand(program.command('seller').description('sellers 營業人'), 'seller', {
    add: async (file) => end(await addSeller(file, io)),
    list: async () => end(await listSellers(io)),
  });
  addPrintCommands(program, io, end);
  addFileCommand(program.command('account').description('client programs’ accounts'), 'account', {
    add: async (file) => end(await addAccount(file, io)),
    list: async () => end(await listAccounts(io)),
  });
  addFileCommand(program.command('book').description('number books 配號'), 'book', {
    add: async (file) => end(await addBook(file, io)),
  });
  program
    .command('company-register')
    .description('names of businesses, for look-ups by tax ID')
    .command('import')
    .description('replace them by an official register file, CSV (docs/guides/look-ups.md)')
    .requiredOption('--file <path>', 'the CSV file; - for standard input')
    .option('--ubn-column <heading>', 'heading of the tax ID’s column')
    .option('--name-column <heading>', 'heading of the name’s column')
    .action(async (options: RegisterFile) => end(await importCompanyRegister(options, io)));
  addNumberCommands(program, io, end);
  addFilingCommands(program, io, end);
  program
    .command('doctor')
    .description('check folders, disk, clock, data and alarms; exit 0 well, 1 to look at, 2 broken')
    .action(async () => end(await doctor(io)));
  const token = program.command('token').description('bearer tokens of /api/v1');
  token
    .command('add')
    .description('make a token and print it once')
    .option('--seller <ubn>', 'it sees this seller')
    .option('--every-seller', 'it sees every seller')
    .action(async (scope: TokenScope) => end(await addToken(scope, io)));
  token
    .command('revoke <id>')
    .description('let a token match no more')
    .action(async (id: string) => end(await revokeToken(id, io)));
  return program;
}

function addPrintCommands(program: Command, io: CommandIo, end: (exitCode: number) => void): void {
  addFileCommand(program.command('qr-key').description('sellers’ QR keys 種子密碼'), 'QR key', {
    add: async (file) => end(await setQrKey(file, io)),
  });
  addFileCommand(program.command('printer').description('thermal printers'), 'printer', {
    add: async (file) => end(await addPrinter(file, io)),
    list: async () => end(await listPrinters(io)),
  });
}

function addNumberCommands(program: Command, io: CommandIo, end: (exitCode: number) => void): void {
  const books = program.commands.find((command) => command.name() === 'book');
  books
    ?.command('import')
    .description('take in the platform’s CSV or an E0501, unedited')
    .requiredOption('--file <path>', 'the file as downloaded; - for standard input')
    .option('--dry-run', 'only tell what would happen')
    .action(async (choice: ImportChoice) => end(await importBookFile(choice, io)));
  books
    ?.command('split')
    .description('give free booklets of a book to a branch and report it (E0401)')
    .requiredOption('--seller <ubn>', 'the head office')
    .requiredOption('--branch <ubn>', 'one of its branches (branches of the seller’s document)')
    .requiredOption('--period <period>', 'ROC year and even month, e.g. 11512')
    .requiredOption('--track <track>', 'two capitals')
    .requiredOption('--first <number>', 'first of the eight-digit numbers, …00 or …50')
    .requiredOption('--last <number>', 'last of them, …49 or …99')
    .action(async (choice: SplitChoice) => end(await splitBook(choice, io)));
  program
    .command('period')
    .description('periods 期別')
    .command('close')
    .description('report the never-used numbers of a past period (E0402)')
    .requiredOption('--period <period>', 'ROC year and even month, e.g. 11512')
    .option('--seller <ubn>', 'of this seller alone')
    .option('--resend', 'also what was confirmed and did not change')
    .action(async (choice: CloseChoice) => end(await closePeriodOf(choice, io)));
}

function addFilingCommands(program: Command, io: CommandIo, end: (exitCode: number) => void): void {
  const filing = program.command('filing').description('filings 上傳 to the Ministry');
  filing
    .command('list')
    .description('what is not confirmed, with the reason')
    .requiredOption('--seller <ubn>', 'of this seller')
    .option('--state <state>', 'in this state alone')
    .action(async (choice: FilingChoice) => end(await listFilings(choice, io)));
  const ways = [
    ['release', 'send a held or refused filing after mending', releaseFiling],
    ['resend', 'give a filing whose file or answer is gone a new attempt', resendFiling],
  ] as const;
  for (const [word, description, run] of ways) {
    filing
      .command(word)
      .description(description)
      .requiredOption('--seller <ubn>', 'of this seller')
      .requiredOption('--filing <sequence>', 'as `filing list` shows it')
      .requiredOption('--reason <text>', 'why; it is kept')
      .action(async (choice: MendChoice) => end(await run(choice, io)));
  }
}

interface FileCommands {
  readonly add: (file: string) => Promise<void>;
  readonly list?: () => Promise<void>;
}

function addFileCommand(parent: Command, what: string, { add, list }: FileCommands): void {
  parent
    .command('add')
    .description(`add or replace a ${what} described as JSON (docs/guides/production.md)`)
    .requiredOption('--file <path>', 'the JSON document; - for standard input')
    .action(async ({ file }: { file: string }) => add(file));
  if (list !== undefined) parent.command('list').action(list);
}
