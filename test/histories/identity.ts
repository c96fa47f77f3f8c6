import { createServer } from 'node:http';

/** A provider that knows each bearer by the token itself: `Bearer ada` is user `ada`, whose email is verified. */
export function startIdentity(port: number): void {
  const url = `http://127.0.0.1:${port}`;
  const server = createServer((request, response) => {
    const sub = (request.headers.authorization ?? '').replace('Bearer ', '');
    const info = { sub, email: `${sub}@example.com`, email_verified: true };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(request.url === '/userinfo' ? info : { userinfo_endpoint: `${url}/userinfo` }));
  });
  server.listen(port, '127.0.0.1');
}
