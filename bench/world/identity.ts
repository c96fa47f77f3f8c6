import { listen } from '../../local/net/server.ts';

/** A provider that knows each bearer by the token itself: `Bearer ada` is user `ada`, whose email is verified. @returns its issuer */
export async function startIdentity(): Promise<string> {
  const { url } = await listen(({ headers, url: path }, response) => {
    const sub = (headers.authorization ?? '').replace('Bearer ', '');
    const info = { sub, email: `${sub}@example.com`, email_verified: true };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(path === '/userinfo' ? info : { userinfo_endpoint: `http://${headers.host}/userinfo` }),
    );
  });
  return url;
}
