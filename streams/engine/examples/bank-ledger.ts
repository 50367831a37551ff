/**
 * A bank ledger on the embedded transport. Run: `npx tsx streams/engine/examples/bank-ledger.ts [directory]`
 *
 * Orders `account,cents` come from a source worker that remembers how far it came; the ledger books those that leave
 * no account below zero; a sink worker hands the bookings to the outside, with an id that stays the same when a
 * delivery is repeated. Run it twice with one directory: it goes on, and books nothing twice.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  EmbeddedTransport,
  PoisonMessageError,
  ProgressStore,
  SinkWorker,
  SourceWorker,
  StreamWorker,
  TopologyBuilder,
  systemClock,
} from '../index.ts';
import type { Topology } from '../index.ts';

export const ledger: Topology = new TopologyBuilder('ledger')
  .source('orders', 'bank.orders')
  .store('balances', () => new ProgressStore('balances'))
  .processor('book', {
    inputs: ['orders'],
    stores: ['balances'],
    outputs: ['booked', 'refused'],
    create: (context) => {
      const balances = context.store<ProgressStore>('balances');
      return {
        process({ value }) {
          const [account = '', text = ''] = value.toString().split(',');
          if (!/^-?\d+$/.test(text))
            throw new PoisonMessageError('ORDER_INVALID', `"${value.toString()}" is no order`);
          const balance = (balances.get(account) ?? 0) + Number(text);
          if (balance >= 0) balances.set(account, balance);
          context.emit(balance >= 0 ? 'booked' : 'refused', {
            key: null,
            value: Buffer.from(`${account},${text},${balance}`),
          });
        },
      };
    },
  })
  .sink('booked', 'bank.booked')
  .sink('refused', 'bank.refused')
  .build();

export interface LedgerRun {
  /** Booked lines by delivery id, as the system outside got them in this run. */
  readonly delivered: ReadonlyMap<string, readonly string[]>;
  readonly deadLetters: number;
}

/** Books all orders that no earlier run with this directory has booked. */
export async function runLedger(directory: string, orders: readonly string[]): Promise<LedgerRun> {
  const transport = new EmbeddedTransport({ directory: join(directory, 'log'), clock: systemClock });
  for (const topic of ['bank.orders', 'bank.booked', 'bank.refused']) await transport.createTopic(topic, 1);
  const common = { transport, clock: systemClock, stateDirectory: join(directory, 'state') };
  const source = new SourceWorker({
    ...common,
    name: 'order-list',
    stores: [() => new ProgressStore('position')],
    next: async (context) => {
      const position = context.store<ProgressStore>('position');
      const next = position.get('next') ?? 0;
      const order = orders[next];
      if (order === undefined) return 'idle';
      context.send('bank.orders', 0, null, Buffer.from(order));
      position.set('next', next + 1);
      await context.commit();
      return 'busy';
    },
  });
  const worker = new StreamWorker({
    ...common,
    topology: ledger,
    instance: 'example',
    commit: { maxBytes: 1 << 20 },
  });
  const delivered = new Map<string, readonly string[]>();
  const sink = new SinkWorker({
    ...common,
    name: 'statement',
    topics: ['bank.booked'],
    instance: 'example',
    deliver: (delivery) => {
      delivered.set(
        delivery.id,
        delivery.messages.map(({ value }) => value.toString()),
      );
      return Promise.resolve([]);
    },
  });
  while (await source.runOnce());
  while (await worker.runOnce());
  await sink.drain();
  for (const each of [source, worker, sink]) await each.stop();
  const { deadLetters } = worker.metrics();
  await transport.close();
  return { delivered, deadLetters };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const directory = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'ledger-'));
  const { delivered, deadLetters } = await runLedger(directory, [
    'ann,1000',
    'bob,500',
    'ann,-300',
    'bob,-900',
    'nonsense',
    'ann,50',
  ]);
  const lines = [...delivered].map(([id, booked]) => `${id}\n  ${booked.join('\n  ')}`);
  process.stdout.write(
    `${ledger.describe()}\n${lines.join('\n')}\n${deadLetters} dead letters; the log is in ${directory}\n`,
  );
}
