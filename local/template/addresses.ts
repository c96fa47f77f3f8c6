/** AWS's addresses and the local ones that stand for them. */
export interface Addresses {
  add(aws: string, local: string): void;
  localize: (text: string) => string;
}

/**
 * The one rule about addresses. A template makes URLs by joining `https://` with a host that only AWS knows
 * (`https://${DomainName}`, `https://${ApiId}.execute-api...`). CloudFront's host resolves to localhost and a port, where
 * nothing speaks TLS; API Gateway's host has no local listener of that name. So each of the two providers names the URL
 * that its resource has in AWS and the one it has here, and every string is put right by this table. A distribution's own
 * names (`Aliases`) are in it too: a template has those as plain text.
 *
 * @param outside addresses of others that a template names, and what stands for them here: Stripe's, when it is the simulator
 */
export function addressTable(outside: Readonly<Record<string, string>> = {}): Addresses {
  const known = new Map(Object.entries(outside));
  return {
    add: (aws, local) => {
      known.set(aws, local);
    },
    localize: (text) => [...known].reduce((result, [aws, local]) => result.replaceAll(aws, local), text),
  };
}
