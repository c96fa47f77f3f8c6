import http, { type IncomingHttpHeaders, type RequestOptions, type Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { clientSide, serve, type Answer, type Wanted } from './exchange.ts';

/** How one request goes over: by whoever stands at the door it came to. */
export type Carry = (wanted: Wanted, port: number) => Promise<Answer>;

/**
 * The loopback without the kernel: servers of this process are reached by a function call, whoever listens or asks through
 * node:http or fetch. Real enough for whoever is above HTTP, and everything that happens, happens in this one thread.
 */
export function memoryNetwork(carry: (wanted: Wanted, port: number, direct: Carry) => Promise<Answer>) {
  const servers = new Map<number, Server>();
  let free = 50_000;

  const direct: Carry = async (wanted, port) => {
    const server = servers.get(port);
    if (!server) throw Object.assign(new Error(`connect ECONNREFUSED 127.0.0.1:${port}`), { code: 'ECONNREFUSED' });
    return serve(server, wanted, port);
  };

  const portOf = (server: Server) => [...servers].find(([, one]) => one === server)?.[0];

  Object.assign(http.Server.prototype, {
    listen(this: Server, port: number, _host: string, listening: () => void = () => {}) {
      const taken = port === 0 ? (free += 1) : port;
      servers.set(taken, this);
      queueMicrotask(listening);
      return this;
    },
    address(this: Server) {
      return { address: '127.0.0.1', family: 'IPv4', port: portOf(this) ?? 0 };
    },
    close(this: Server, closed?: () => void) {
      const port = portOf(this);
      if (port !== undefined) servers.delete(port);
      if (closed) queueMicrotask(closed);
      return this;
    },
  });

  const go = (wanted: Wanted, port: number) => carry(wanted, port, direct);

  Object.assign(http, {
    request: (options: RequestOptions, onResponse?: (response: unknown) => void) =>
      clientSide(
        { method: options.method ?? 'GET', path: options.path ?? '/', headers: headersOf(options) },
        Number(options.port ?? 80),
        go,
        onResponse,
      ),
  });
  syncBuiltinESMExports();

  globalThis.fetch = async (input, init) => {
    const { port, host, pathname, search } = new URL(input instanceof Request ? input.url : input);
    const { method = 'GET', body = '' } = init ?? {};
    if (typeof body !== 'string' && !(body instanceof URLSearchParams))
      throw new Error('Only texts and forms are sent here.');
    const form = typeof body === 'string' ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const headers = { host, ...form, ...Object.fromEntries(new Headers(init?.headers)) };
    const wanted = { method, path: pathname + search, headers, body: body.toString() };
    const answer = await go(wanted, Number(port));
    return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
}

function headersOf({ headers, host, port }: RequestOptions): IncomingHttpHeaders {
  const given: [string, unknown][] = Object.entries(headers ?? {});
  const lower = given.map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { host: `${host}:${port}`, ...Object.fromEntries(lower) };
}
