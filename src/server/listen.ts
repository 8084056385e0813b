/** Opens and closes the server's address, and says in plain words why it cannot be opened. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Configuration } from './configuration.ts';
import { refuseStart } from './start-refused.ts';

/** Requests under way have this long to end after a signal; then their connections are cut. */
export const CLOSE_GRACE_MS = 20_000;
/** Listens and answers the URL. Throws `StartRefused` for what the address is to blame for. */
export async function listen(
  http: FastifyInstance,
  { host, port }: Pick<Configuration, 'host' | 'port'>,
): Promise<string> {
  try {
    await http.listen({ host, port });
  } catch (cause) {
    await http.close();
    refuseAddress(host, port, cause);
  }
  // A listening TCP server has an address and a port; the port matters where 0 was asked for.
  const address = http.server.address() as AddressInfo | null;
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return `http://${shownHost}:${address?.port ?? port}`;
}

function refuseAddress(host: string, port: number, cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'EADDRINUSE':
      return refuseStart(
        `KAILI_PORT ${port}`,
        `another program listens on port ${port} of ${host}`,
        'stop it (is another Kaili running?), or choose another port with KAILI_PORT',
        cause,
      );
    case 'EACCES':
      return refuseStart(
        `KAILI_PORT ${port}`,
        'this user may not listen on it',
        'choose a port above 1023 and let a proxy take 443',
        cause,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return refuseStart(
        `KAILI_HOST ${host}`,
        `it is no address of this machine (${code})`,
        'use 127.0.0.1, 0.0.0.0, or an address that this machine has',
        cause,
      );
    default:
      throw cause;
  }
}

/** Stops accepting, lets requests under way end, and cuts those that do not. */
export async function closeHttp(http: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => http.server.closeAllConnections(), CLOSE_GRACE_MS);
  try {
    await http.close();
  } finally {
    clearTimeout(timer);
  }
}
