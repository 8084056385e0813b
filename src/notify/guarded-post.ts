/**
 * Posts to an address that a client named. In production only to the public internet: the address is
 * judged when the connection is made, after the name was looked up, so that neither a redirect (none is
 * followed) nor a name that changes its mind between check and use leads inside. Bounded in time and in
 * what it reads. The sandbox may post anywhere: there the shop runs on the same machine.
 */
import { lookup as lookupName } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Post, Poster, PostReply } from './ports.ts';
import { isPublicAddress } from './public-address.ts';

/** For connecting, asking and the whole answer together. */
export const POST_TIMEOUT_MS = 10_000;
/** `1|OK` is four characters; whoever answers a page is not read to its end. */
export const POST_REPLY_BYTES_MAX = 4_096;
/** Ports of the web (ECPay: callbacks go to 80 and 443 only). */
const PUBLIC_PORTS = new Set(['', '80', '443']);

export interface PosterLimits {
  /** Whether any address will do: the sandbox. */
  readonly isAnywhereAllowed: boolean;
  readonly timeoutMs?: number;
  /** How names are looked up; the system's way by default. */
  readonly lookup?: typeof lookupName;
}

/** Why an address must not be posted to; '' where it may, as far as its text tells. */
export function whyNotPosted(url: string, isAnywhereAllowed: boolean): string {
  if (!URL.canParse(url)) return 'not a URL';
  const { protocol, username, password, hostname, port } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'neither http nor https';
  if (username !== '' || password !== '') return 'holds a user name or a password';
  if (isAnywhereAllowed) return '';
  if (!PUBLIC_PORTS.has(port)) return `port ${port} is none of the web's`;
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  // An address in the URL is never looked up, so the guard below would not see it.
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) return 'not a public address';
  return '';
}

/** Makes a poster; it keeps no connection open between two posts. */
export function createPoster(limits: PosterLimits): Poster {
  return {
    post: (post) => {
      const note = whyNotPosted(post.url, limits.isAnywhereAllowed);
      return note === ''
        ? send(post, limits)
        : Promise.resolve({ kind: 'unanswered', note, isFinal: true });
    },
  };
}

function send(post: Post, limits: PosterLimits): Promise<PostReply> {
  const { promise, resolve } = Promise.withResolvers<PostReply>();
  const url = new URL(post.url);
  const body = Buffer.from(post.body, 'utf8');
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    // A connection of its own: a kept one was judged for another name.
    agent: false,
    ...(limits.isAnywhereAllowed ? {} : { lookup: publicOnly(limits.lookup ?? lookupName) }),
    signal: AbortSignal.timeout(limits.timeoutMs ?? POST_TIMEOUT_MS),
    headers: {
      'content-type': post.contentType,
      'content-length': body.length,
      accept: '*/*',
      'user-agent': 'Kaili',
      connection: 'close',
    },
  });
  request.on('response', (response) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = () => {
      const text = Buffer.concat(chunks).subarray(0, POST_REPLY_BYTES_MAX).toString('utf8');
      resolve({ kind: 'answered', status: response.statusCode ?? 0, text });
    };
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length < POST_REPLY_BYTES_MAX) return;
      finish();
      request.destroy();
    });
    response.on('end', finish);
    response.on('error', (error) => resolve(unanswered(error)));
  });
  request.on('error', (error) => resolve(unanswered(error)));
  request.end(body);
  return promise;
}

/** A look-up that answers public addresses only; with none left the connection is refused. */
function publicOnly(lookup: typeof lookupName): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      // One address inside is enough to refuse: which of several is dialled is not ours to say.
      const [first] = addresses;
      const isPublic = addresses.every(({ address }) => isPublicAddress(address));
      if (first === undefined || !isPublic) callback(new NotPublic(), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

class NotPublic extends Error {
  override readonly name = 'NotPublic';
  constructor() {
    super('not a public address');
  }
}

/** What went wrong, by code: an error's own text may hold the address. */
function unanswered(error: Error): PostReply {
  if (error instanceof NotPublic || error.cause instanceof NotPublic) {
    return { kind: 'unanswered', note: 'not a public address', isFinal: false };
  }
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return { kind: 'unanswered', note: 'no answer in time', isFinal: false };
  }
  const { code } = error as NodeJS.ErrnoException; // Node's network errors have a code, or none.
  return { kind: 'unanswered', note: code ?? error.name, isFinal: false };
}
