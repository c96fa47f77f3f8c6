import type { Node } from 'constructs';
import { readMatching, refuse } from './context.ts';

/** The address that visitors see, instead of CloudFront's own: the certificate, the zone, or both are given. */
export interface Domain {
  /** Such as `app.example.com`. */
  readonly name: string;
  /** Of ACM, in us-east-1. @default - one is made, which the zone proves, and which only a stack in us-east-1 can make */
  readonly certificateArn?: string | undefined;
  /** The Route 53 zone that gets the address. @default - the operator points the name at the distribution */
  readonly hostedZoneId?: string | undefined;
}

const NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const CERTIFICATE = /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/;
const ZONE = /^Z[A-Z0-9]{3,31}$/;

export const readDomain = (node: Node): Domain | undefined => {
  const name = readMatching(
    node,
    'domainName',
    NAME,
    'it has to be a host’s name in small letters, like app.example.com',
  );
  const certificateArn = readMatching(
    node,
    'certificateArn',
    CERTIFICATE,
    'it has to be the ARN of an ACM certificate in us-east-1, where CloudFront looks for them',
  );
  const hostedZoneId = readMatching(
    node,
    'hostedZoneId',
    ZONE,
    'it has to be a Route 53 zone’s id, like Z0123456789AB',
  );
  if (name === undefined) return refuseAlone({ certificateArn, hostedZoneId });
  if (certificateArn === undefined && hostedZoneId === undefined)
    return refuse('certificateArn', certificateArn, 'a domain needs one, or a hostedZoneId, by which one can be made');
  return { name, certificateArn, hostedZoneId };
};

/** What belongs to a domain means nothing without one; it would be a slip, such as a misspelt `domainName`. */
const refuseAlone = (given: Readonly<Record<string, string | undefined>>): undefined => {
  for (const [key, value] of Object.entries(given))
    if (value !== undefined) refuse(key, value, 'there is no "domainName" that it would be for');
  return undefined;
};
