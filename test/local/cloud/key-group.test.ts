import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../local/template/json.ts';
import { membersKeyPair } from '../../support/members-key.ts';
import { ref } from './assembly.ts';
import { run } from './run.ts';

const start = (EncodedKey: string, Items: Json = [ref('Key')]) =>
  run({
    template: {
      Resources: {
        Key: {
          Type: 'AWS::CloudFront::PublicKey',
          Properties: { PublicKeyConfig: { CallerReference: '1', Name: 'key', EncodedKey } },
        },
        Group: {
          Type: 'AWS::CloudFront::KeyGroup',
          Properties: { KeyGroupConfig: { Name: 'group', Items } },
        },
      },
    },
  });

describe('a public key of CloudFront’s', () => {
  it.each([
    ['no key at all', 'nonsense'],
    ['one of 1024 bits', membersKeyPair().publicKey],
  ])('is not %s', async (_, key) => {
    await expect(start(key)).rejects.toThrow('Key.Properties.PublicKeyConfig.EncodedKey: is no RSA key of 2048 bits');
  });
});
