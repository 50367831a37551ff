import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../../streams/engine/clock.ts';
import { refuse, refusedCall } from './api.ts';
import type { JsonObject } from './api.ts';
import { bulkRecordUsage } from './bulk-record-usage.ts';
import { openChargeBook } from './charge-book.ts';
import type { BookSummary, ChargeBook } from './charge-book.ts';
import { checkEnvelope } from './envelope.ts';
import type { Credentials } from './envelope.ts';
import { faultsOf } from './fault-plan.ts';
import type { Fault } from './fault-plan.ts';
import { createKnownAccounts } from './known-accounts.ts';
import type { KnownAccounts, UnknownShares } from './known-accounts.ts';
import { usageHistory } from './usage-history.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

export interface SimulatorOptions {
  /** 0 takes any free port. The server listens on 127.0.0.1 only. */
  port: number;
  journal: string;
  credentials: Credentials;
  unknown: UnknownShares;
  faults: readonly Fault[];
  clock: Clock;
}

/** Answer of GET /summary: the book, which survives restarts, and what this process has seen. */
export interface SimulatorSummary extends BookSummary {
  calls: number;
  refusedCalls: number;
  lostAnswers: number;
  refusedLines: Record<string, number>;
}

export interface BillingSimulator {
  readonly port: number;
  close(): Promise<void>;
}

interface Desk {
  book: ChargeBook;
  known: KnownAccounts;
  options: SimulatorOptions;
  counters: {
    calls: number;
    refusedCalls: number;
    lostAnswers: number;
    refusedLines: Record<string, number>;
  };
}

function send(response: ServerResponse, status: number, body: JsonObject): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

async function recordUsage(body: JsonObject, desk: Desk, response: ServerResponse): Promise<void> {
  const { counters, options } = desk;
  const faults = faultsOf(++counters.calls, options.faults);
  if (faults.delayMs > 0) await delay(faults.delayMs);
  if (faults.error || faults.unavailable) {
    counters.refusedCalls++;
    send(response, faults.unavailable ? 503 : 200, refusedCall(refuse(1001)));
    return;
  }
  const today = `${new Date(options.clock.now()).toISOString().slice(0, 10)} 00:00:00`;
  const { answer, lineCodes } = await bulkRecordUsage(body, desk.book, { known: desk.known, today });
  for (const code of lineCodes) counters.refusedLines[code] = (counters.refusedLines[code] ?? 0) + 1;
  if (answer['error_code'] !== 0) counters.refusedCalls++;
  if (faults.lost) {
    counters.lostAnswers++;
    response.socket?.destroy();
    return;
  }
  send(response, 200, answer);
}

async function answerCall(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const envelope = checkEnvelope(await readBody(request), desk.options.credentials);
  if ('code' in envelope) send(response, 200, refusedCall(envelope));
  else if (envelope.call === 'bulk_record_usage_m') await recordUsage(envelope.body, desk, response);
  else send(response, 200, usageHistory(envelope.body, desk.book, desk.known));
}

/** One accepted line per line, in the order of acceptance. */
async function streamAccepted(response: ServerResponse, book: ChargeBook): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  for (const line of book.lines().slice()) {
    if (response.write(`${JSON.stringify(line)}\n`)) continue;
    await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    if (response.destroyed) return;
  }
  response.end();
}

async function route(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (request.method === 'POST') await answerCall(request, response, desk);
  else if (path === '/accepted') await streamAccepted(response, desk.book);
  else if (path === '/summary') send(response, 200, { ...desk.book.summary(), ...desk.counters });
  else if (path === '/health') send(response, 200, { status: 'ok' });
  else send(response, 404, { error: 'GET /accepted, /summary or /health; POST for calls' });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts a stand-in for a billing system's usage API. What it has accepted it keeps, whatever happens to its process. */
export async function startBillingSimulator(options: SimulatorOptions): Promise<BillingSimulator> {
  const desk: Desk = {
    options,
    book: await openChargeBook(options.journal),
    known: createKnownAccounts(options.unknown),
    counters: { calls: 0, refusedCalls: 0, lostAnswers: 0, refusedLines: {} },
  };
  const server = createServer((request, response) => {
    route(request, response, desk).catch(() => {
      if (response.headersSent) response.destroy();
      else send(response, 500, refusedCall(refuse(1001)));
    });
  });
  const port = await listen(server, options.port);
  return {
    port,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await desk.book.close();
    },
  };
}
