/**
 * Callbacks under attack: a client names the address, so every way of making Kaili speak to a machine
 * behind its wall is tried here, each by its name. Real HTTP servers on the loopback.
 */
import assert from 'node:assert/strict';
import type { lookup as lookupName } from 'node:dns';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { createPoster, POST_REPLY_BYTES_MAX, whyNotPosted } from './guarded-post.ts';
import { isPublicAddress } from './public-address.ts';

const FORM = { contentType: 'application/x-www-form-urlencoded', body: 'tsr=T1' };

/** A server that counts who reached it. */
async function shop(
  t: TestContext,
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<{ url: string; port: number; reached: string[] }> {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(request.url ?? '');
    request.resume();
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/cb`, port, reached };
}

/** A look-up that answers these addresses, another set each time. */
function lookupOf(...answers: readonly (readonly string[])[]): typeof lookupName {
  let turn = 0;
  const lookup = (
    _host: string,
    _options: unknown,
    callback: (error: null, addresses: { address: string; family: number }[]) => void,
  ) => {
    const addresses = answers[Math.min(turn, answers.length - 1)] ?? [];
    turn += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return lookup as unknown as typeof lookupName;
}

const OWN_MACHINE_BY_OTHER_NAMES = [
  'http://127.0.0.1/cb',
  'http://127.1/cb',
  'http://2130706433/cb',
  'http://0x7f.0.0.1/cb',
  'http://0177.0.0.1/cb',
  'http://0.0.0.0/cb',
  'http://0/cb',
  'http://[::1]/cb',
  'http://[::]/cb',
  'http://[::ffff:127.0.0.1]/cb',
  'http://[::ffff:7f00:1]/cb',
  'http://[::127.0.0.1]/cb',
  'http://127.0.0.1./cb',
];
const HOUSE_NETWORK = [
  'http://10.0.0.5/cb',
  'http://172.16.0.1/cb',
  'http://172.31.255.255/cb',
  'http://192.168.1.1/cb',
  'http://100.64.0.1/cb',
  'http://100.127.255.254/cb',
  'http://[fc00::1]/cb',
  'http://[fd12:3456::1]/cb',
  'http://[::ffff:10.0.0.5]/cb',
];
const LINK_LOCAL = [
  'http://169.254.169.254/latest/meta-data/',
  'http://[fe80::1]/cb',
  'http://[::ffff:169.254.169.254]/',
];
const IPV4_IN_A_COAT = [
  'http://[64:ff9b::7f00:1]/cb',
  'http://[2002:7f00:1::]/cb',
  'http://[2001:0:7f00:1::]/cb',
];
const NOT_ONE_MACHINE = [
  'http://224.0.0.1/cb',
  'http://255.255.255.255/cb',
  'http://[ff02::1]/cb',
  'http://192.0.2.1/cb',
  'http://198.18.0.1/cb',
  'http://[2001:db8::1]/cb',
];

describe('attacks by the address itself are refused before anything is sent', () => {
  const groups = {
    'the own machine by other names': OWN_MACHINE_BY_OTHER_NAMES,
    'the house network': HOUSE_NETWORK,
    'the cloud’s metadata and other link-local addresses': LINK_LOCAL,
    'an IPv4 address in an IPv6 coat': IPV4_IN_A_COAT,
    'addresses that are no machine of the internet': NOT_ONE_MACHINE,
  };
  for (const [name, urls] of Object.entries(groups)) {
    test(name, async () => {
      const poster = createPoster({ isAnywhereAllowed: false });
      for (const url of urls) {
        const reply = await poster.post({ url, ...FORM });
        assert.deepEqual(
          reply,
          { kind: 'unanswered', note: 'not a public address', isFinal: true },
          url,
        );
      }
    });
  }

  test('another port than the web’s: a mail server, a database', () => {
    for (const port of [22, 25, 5432, 6379, 8080, 8787]) {
      assert.notEqual(whyNotPosted(`http://shop.example:${port}/cb`, false), '', String(port));
    }
    for (const url of ['http://shop.example:80/cb', 'https://shop.example:443/cb']) {
      assert.equal(whyNotPosted(url, false), '');
    }
  });

  test('another protocol, or a password in the address', () => {
    for (const url of [
      'file:///etc/passwd',
      'gopher://shop.example/',
      'ftp://shop.example/',
      'javascript:alert(1)',
      'http://user:secret@shop.example/cb',
      'no address',
    ]) {
      assert.notEqual(whyNotPosted(url, true), '', url);
    }
  });
});

describe('attacks by a name are refused when the connection is made', () => {
  const resolving = (...addresses: readonly (readonly string[])[]) =>
    createPoster({ isAnywhereAllowed: false, lookup: lookupOf(...addresses), timeoutMs: 2_000 });

  test('a name that points at the own machine', async () => {
    const reply = await resolving(['127.0.0.1']).post({ url: 'http://evil.example/cb', ...FORM });
    assert.deepEqual(reply, { kind: 'unanswered', note: 'not a public address', isFinal: false });
  });

  test('a name with a public and a private address', async () => {
    const poster = resolving(['93.184.216.34', '10.0.0.5']);
    const reply = await poster.post({ url: 'http://evil.example/cb', ...FORM });
    assert.equal(reply.kind === 'unanswered' && reply.note, 'not a public address');
  });

  test('a name that changes its mind between two posts (DNS rebinding)', async () => {
    const poster = resolving(['169.254.169.254'], ['127.0.0.1']);
    for (const _ of [1, 2]) {
      const reply = await poster.post({ url: 'http://rebind.example/cb', ...FORM });
      assert.equal(reply.kind === 'unanswered' && reply.note, 'not a public address');
    }
  });

  test('localhost by its name', async () => {
    const poster = createPoster({ isAnywhereAllowed: false, timeoutMs: 2_000 });
    const reply = await poster.post({ url: 'http://localhost/cb', ...FORM });
    assert.equal(reply.kind === 'unanswered' && reply.note, 'not a public address');
  });

  test('a name without any address', async () => {
    const reply = await resolving([]).post({ url: 'http://void.example/cb', ...FORM });
    assert.equal(reply.kind, 'unanswered');
  });
});

describe('attacks by the answer', () => {
  const anywhere = (timeoutMs = 2_000) => createPoster({ isAnywhereAllowed: true, timeoutMs });

  test('a redirect to a machine inside is not followed', async (t) => {
    const inside = await shop(t, (response) => response.end('secret'));
    const outside = await shop(t, (response) => {
      response.writeHead(307, { location: inside.url });
      response.end();
    });
    const reply = await anywhere().post({ url: outside.url, ...FORM });
    assert.equal(reply.kind === 'answered' && reply.status, 307);
    assert.deepEqual(inside.reached, []);
  });

  test('an endless answer is cut', async (t) => {
    const { url } = await shop(t, (response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const reply = await anywhere().post({ url, ...FORM });
    assert.equal(reply.kind === 'answered' && reply.text.length, POST_REPLY_BYTES_MAX);
  });

  test('an answer that never comes is given up', async (t) => {
    const { url } = await shop(t, () => undefined);
    const reply = await anywhere(200).post({ url, ...FORM });
    assert.deepEqual(reply, { kind: 'unanswered', note: 'no answer in time', isFinal: false });
  });

  test('an answer that drips for ever is given up', async (t) => {
    const { url } = await shop(t, (response) => {
      const timer = setInterval(() => response.write('1'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const reply = await anywhere(300).post({ url, ...FORM });
    assert.equal(reply.kind, 'unanswered');
  });

  test('a connection that breaks is no answer', async (t) => {
    const { url } = await shop(t, (response) => response.destroy());
    const reply = await anywhere().post({ url, ...FORM });
    assert.equal(reply.kind === 'unanswered' && reply.isFinal, false);
  });
});

test('the sandbox may post to this machine, and the form arrives as it is', async (t) => {
  let body = '';
  const { url, reached } = await shop(t, async (response, request) => {
    for await (const chunk of request) body += chunk;
    response.end('1|OK');
  });
  const reply = await createPoster({ isAnywhereAllowed: true }).post({ url, ...FORM });
  assert.deepEqual(reply, { kind: 'answered', status: 200, text: '1|OK' });
  assert.deepEqual([body, reached], ['tsr=T1', ['/cb']]);
});

test('addresses of the internet are public', () => {
  for (const address of ['8.8.8.8', '203.69.1.1', '1.1.1.1', '2404:6800:4008:c00::65']) {
    assert.equal(isPublicAddress(address), true, address);
  }
  for (const address of ['', 'shop.example', '1.2.3', 'fe80::1%eth0', '2404:6800::1%eth0']) {
    assert.equal(isPublicAddress(address), false, address);
  }
});
