/**
 * What a batch saves on e首發票's API: `node bench/systemlead.ts [--rounds 3]`. In one run, over one kept
 * connection to Kaili on SQLite and on PostgreSQL, invoices one after another, each its own request, and
 * requests of 1,000 items. Medians of the rounds; every result is looked at. How to read it: bench/README.md.
 */
import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { cpus } from 'node:os';
import { startTestCluster } from '../test/support/postgres.ts';
import { type MeasuredServer, startKaili } from './servers.ts';

const ROUNDS_DEFAULT = 3;
const SINGLES = 500;
const BATCHES = 3;
const BATCH_ITEMS = 1_000;
const COMPANY = '12345675';
const SALT = '0123456789ABCDEF0123456789ABCDEF';

type Members = Readonly<Record<string, unknown>>;

let orders = 0;

/** An ordinary consumer's order of two lines; the center gives the number. */
function order(): Members {
  orders += 1;
  return {
    RelateNumber: `BENCH-${orders}`,
    InvoiceFor: 'C',
    BuyerID: '0000000000',
    BuyerEmail: 'buyer@example.com',
    CarrierType: '3J0002',
    CarrierId: '/ABC1234',
    TaxType: '1',
    SalesAmount: 155,
    TotalAmount: 155,
    Details: [
      { DetailID: '001', ProductName: '文具', Quantity: 1, UnitPrice: 105, SubTotal: 105 },
      { DetailID: '002', ProductName: '紙張', Quantity: 2, UnitPrice: 25, SubTotal: 50 },
    ],
  };
}

function envelope(data: Members): Members {
  const Timestamp = String(Math.floor(Date.now() / 1000));
  const Signature = createHash('sha256')
    .update(Timestamp + SALT)
    .digest('hex');
  return { CompanyID: COMPANY, Timestamp, Signature, Data: data };
}

/** Posts over the one kept connection. */
function post(agent: Agent, url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/terpapi/Append/Orders`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => resolve(Buffer.concat(chunks).toString()));
        reply.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function assertIssued(text: string, count: number): void {
  const good = text.split('"StatusCode":1').length - 1;
  if (good !== count) throw new Error(`${good} of ${count} were issued: ${text.slice(0, 500)}`);
}

interface Pace {
  /** Milliseconds an item. */
  readonly single: number;
  readonly batch: number;
}

async function measure(server: MeasuredServer): Promise<Pace> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const time = async (requests: number, items: number): Promise<number> => {
      const bodies = Array.from({ length: requests }, () => {
        const all = Array.from({ length: items }, () => envelope(order()));
        return JSON.stringify(items === 1 ? all[0] : all);
      });
      const start = performance.now();
      for (const body of bodies) assertIssued(await post(agent, server.url, body), items);
      return (performance.now() - start) / (requests * items);
    };
    // Before the first measurement: code gets compiled, files and connections get opened.
    await time(100, 1);
    await time(1, BATCH_ITEMS);
    const single = await time(SINGLES, 1);
    const batch = await time(BATCHES, BATCH_ITEMS);
    return { single, batch };
  } finally {
    agent.destroy();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const roundsAt = process.argv.indexOf('--rounds');
const rounds = roundsAt < 0 ? ROUNDS_DEFAULT : Number(process.argv[roundsAt + 1]);
const cluster = await startTestCluster();
process.env.KAILI_TEST_POSTGRES_URL = cluster.url;
try {
  console.log(
    `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, ${rounds} rounds`,
  );
  for (const engine of ['sqlite', 'postgres'] as const) {
    const paces: Pace[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const server = await startKaili(engine);
      try {
        paces.push(await measure(server));
      } finally {
        await server.remove();
      }
    }
    const single = median(paces.map((pace) => pace.single));
    const batch = median(paces.map((pace) => pace.batch));
    console.log(
      `${engine}: single ${single.toFixed(2)} ms an item, batch of ${BATCH_ITEMS} ${batch.toFixed(3)} ms an item, ${(single / batch).toFixed(1)} times as fast`,
    );
  }
} finally {
  await cluster.stop();
}
