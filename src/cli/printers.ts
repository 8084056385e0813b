/** `kaili printer add|list`: the thermal printers that sellers' jobs go to. */
import { readPrinterDocument } from '../api/set-up.ts';
import { type CommandIo, CommandProblem, readInput } from './input.ts';
import { withSession } from './session.ts';

/** Adds a printer, or replaces the one of its code. A running server uses it within a second. */
export async function addPrinter(file: string, io: CommandIo): Promise<number> {
  const printer = await readInput(file, readPrinterDocument, io);
  return withSession(io, { mayCreate: false }, async ({ store }) => {
    const known = await store.directory.listSellers();
    if (!known.some(({ ubn }) => ubn === printer.seller)) {
      throw new CommandProblem(`there is no seller ${printer.seller}: add it first`);
    }
    await store.directory.savePrinters([printer]);
    io.print(
      `printer ${printer.code} of seller ${printer.seller}: ${printer.host}:${printer.port}`,
    );
    return 0;
  });
}

export function listPrinters(io: CommandIo): Promise<number> {
  return withSession(io, { mayCreate: false }, async ({ store }) => {
    for (const { seller, code, host, port, roll, dpi } of await store.directory.listPrinters()) {
      io.print(`${seller}\t${code}\t${host}:${port}\t${roll} mm\t${dpi} dpi`);
    }
    return 0;
  });
}
