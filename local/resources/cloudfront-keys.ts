import { createPublicKey } from 'node:crypto';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import { shortId, type Cloud, type Provider } from './provider.ts';

/** AWS::CloudFront::PublicKey: RSA, as for signed cookies. */
export const publicKey: Provider = ({ logicalId, properties }, cloud) => {
  const config = properties.group('PublicKeyConfig');
  const pem = config.text('EncodedKey');
  if (!isRsa(pem)) {
    throw new TemplateError(
      `${config.place}.EncodedKey`,
      'is no RSA key of 2048 bits, in PEM.',
      'CloudFront takes ECDSA too; nothing else is verified here.',
    );
  }
  const id = shortId(`${logicalId}${pem}`, 20);
  cloud.publicKeys.set(id, pem);
  return { ref: id, attributes: { Id: id } };
};

function isRsa(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
    return asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === 2048;
  } catch {
    return false;
  }
}

/** AWS::CloudFront::KeyGroup */
export const keyGroup: Provider = ({ logicalId, properties }, cloud) => {
  const id = shortId(logicalId, 20);
  const keyIds = properties.group('KeyGroupConfig').texts('Items');
  cloud.keyGroups.set(id, new Map(keyIds.map((keyId) => [keyId, keyOf(keyId, properties, cloud)])));
  return { ref: id, attributes: { Id: id } };
};

function keyOf(id: string, properties: Fields, cloud: Cloud): string {
  const key = cloud.publicKeys.get(id);
  if (key !== undefined) return key;
  throw new TemplateError(properties.place, `names the public key ${id}, which is not in this stack.`, 'Mend lib/.');
}

/** The keys of a group, for the distribution that trusts it: PEM by their id. */
export function keysOf(groupId: string, properties: Fields, cloud: Cloud): ReadonlyMap<string, string> {
  const keys = cloud.keyGroups.get(groupId);
  if (keys !== undefined) return keys;
  throw new TemplateError(
    properties.place,
    `trusts the key group ${groupId}, which is not in this stack.`,
    'Mend lib/.',
  );
}
