import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serviceMetrics } from './metrics.ts';
import type { ServiceStatus } from './service-status.ts';

/** What the API shows and orders; a Service is one. */
export interface OperatedService {
  status(): ServiceStatus;
  bill(): Promise<string>;
}

export interface OperationsApi {
  readonly url: string;
  /** From now on /ready says no: the service is stopping. */
  drain(): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

function json(status: number, value: object): Answer {
  return { status, type: 'application/json', body: `${JSON.stringify(value)}\n` };
}

/** Deliveries that fail make a service unwell; a file that cannot be taken in is shown, but restarting would not help. */
function health({ failing, blocked }: ServiceStatus): Answer {
  const isWell = failing.length === 0;
  return json(isWell ? 200 : 503, { status: isWell ? 'ok' : 'failing', failing, blocked });
}

/** Answers GET /health, /ready, /status, /metrics and POST /billing-runs. */
class Desk {
  isReady = true;
  private readonly service: OperatedService;
  private readonly registry;

  constructor(service: OperatedService) {
    this.service = service;
    this.registry = serviceMetrics(() => service.status());
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    // Pages in a browser of this machine must neither order runs nor read along.
    if (!LOOPBACK.test(request.headers.host ?? '') || request.headers.origin !== undefined)
      return json(403, { error: 'Only for programs on this machine.' });
    const path = (request.url ?? '/').split('?')[0];
    switch (`${request.method} ${path}`) {
      case 'GET /health':
        return health(this.service.status());
      case 'GET /ready':
        return json(this.isReady ? 200 : 503, { ready: this.isReady });
      case 'GET /status':
        return json(200, this.service.status());
      case 'GET /metrics':
        return { status: 200, type: this.registry.contentType, body: await this.registry.metrics() };
      case 'POST /billing-runs':
        if (!this.isReady) return json(503, { error: 'The service is stopping.' });
        return json(202, { runId: await this.service.bill() });
      default:
        return json(404, { error: 'GET /health, /ready, /status or /metrics; POST /billing-runs' });
    }
  }
}

async function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new Error(
              `Port ${port} is taken by another program; give another one by --http-port, or 0 for any.`,
            )
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Starts the operations API on the loopback interface. @param port 0 for any. @throws in words when the port is taken */
export async function startOperationsApi(service: OperatedService, port: number): Promise<OperationsApi> {
  const desk = new Desk(service);
  const server = createServer((request, response) => {
    request.resume();
    desk.answer(request).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, json(500, { error: String(error) })),
    );
  });
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  return {
    url,
    drain: () => {
      desk.isReady = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
