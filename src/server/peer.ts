/**
 * Who is calling: the client's address as documents show it, and whether the caller sits on this very
 * machine and means to talk to it. The second opens the sandbox controls, so it is strict: a page in
 * the developer's browser must not reach them, neither by a name that it points at 127.0.0.1 (DNS
 * rebinding) nor by a form sent across origins.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

export interface Caller {
  /** Address of the socket's other end. */
  readonly socketAddress: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Any of these means that somebody stands between, whose own address is not the client's. */
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** True when a proxy, trusted or not, says that it passed the request on. */
export function isForwarded(headers: IncomingHttpHeaders): boolean {
  return FORWARDING_HEADERS.some((name) => headers[name] !== undefined);
}

/**
 * IPv4 text where the address has one (an IPv4-mapped IPv6 address counts as its IPv4), else IPv6
 * text; '' for what is no address, as a proxy may forward `unknown`.
 */
export function clientAddress(address: string | undefined): string {
  if (address === undefined) return '';
  if (isIP(address) === 4) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  // Some proxies forward the port with it.
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1];
  const bare = mapped ?? withPort ?? address;
  return isIP(bare) === 0 ? '' : bare;
}

/** True for a direct caller on this machine that asked for this machine by a loopback name. */
export function isLocalCaller(caller: Caller): boolean {
  const address = clientAddress(caller.socketAddress);
  if (!isLoopbackAddress(address)) return false;
  if (isForwarded(caller.headers)) return false;
  if (!isLoopbackHost(caller.headers.host)) return false;
  const { origin } = caller.headers;
  if (origin !== undefined && !isLoopbackOrigin(origin)) return false;
  // A browser says so when a page of another site made it send the request.
  return caller.headers['sec-fetch-site'] !== 'cross-site';
}

export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  const [, six, plain] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(host) ?? [];
  const name = (six ?? plain ?? '').toLowerCase();
  return name === 'localhost' || isLoopbackAddress(name);
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).host);
}
