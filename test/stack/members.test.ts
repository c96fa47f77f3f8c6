import { describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectMembersFiles } from '../../lib/bundle/members.ts';
import { listFiles } from '../../lib/bundle/files.ts';
import { templateWith, temporaryFolder } from './synthesized.ts';

const template = templateWith();
const withAnotherKey = templateWith({ context: { membersKey: 2 } });

/** The only resource of this type. */
const idOf = (type: string, of = template): string => {
  const [id = '', ...others] = Object.keys(of.findResources(type));
  if (others.length > 0) throw new Error(`The stack has several of ${type}.`);
  return id;
};
const propertiesOf = (type: string) => template.findResources(type)[idOf(type)]?.Properties;

const behaviour = propertiesOf('AWS::CloudFront::Distribution').DistributionConfig.CacheBehaviors.find(
  ({ PathPattern }: { PathPattern: string }) => PathPattern === '/members/*',
);

describe('the members’ files', () => {
  it('are for those only who bring a signature of the stack’s own key', () => {
    const [group, key] = [propertiesOf('AWS::CloudFront::KeyGroup'), propertiesOf('AWS::CloudFront::PublicKey')];
    expect(behaviour.TrustedKeyGroups).toEqual([{ Ref: idOf('AWS::CloudFront::KeyGroup') }]);
    expect(group.KeyGroupConfig.Items).toEqual([{ Ref: idOf('AWS::CloudFront::PublicKey') }]);
    expect(key.PublicKeyConfig.EncodedKey).toEqual({ 'Fn::GetAtt': [idOf('Custom::MembersKey'), 'PublicKey'] });
  });

  it('are asked for by GET and HEAD, and stay in no cache between CloudFront and the browser', () => {
    expect(behaviour.AllowedMethods).toBeUndefined();
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CustomHeadersConfig: { Items: [{ Header: 'Cache-Control', Value: 'private, no-cache', Override: true }] },
      },
    });
  });

  it('run no script, which would be on the page’s origin', () => {
    const policies = template.findResources('AWS::CloudFront::ResponseHeadersPolicy');
    const headers = policies[behaviour.ResponseHeadersPolicyId.Ref]?.Properties.ResponseHeadersPolicyConfig;
    const policy: string = headers.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
    expect(policy.split('; ')).toEqual(expect.arrayContaining(["script-src 'none'", "connect-src 'none'"]));
  });

  it('come with the page’s, so that neither deployment removes the other’s', () => {
    const { SourceObjectKeys, Prune } = propertiesOf('Custom::CDKBucketDeployment');
    expect([SourceObjectKeys, Prune]).toEqual([[expect.any(String), expect.any(String)], true]);
  });
});

describe('the key of the members’ files', () => {
  it('is another one with another number: nothing of the old one is changed in place', () => {
    for (const type of ['Custom::MembersKey', 'AWS::CloudFront::PublicKey', 'AWS::CloudFront::KeyGroup'])
      expect(idOf(type, withAnotherKey)).not.toBe(idOf(type));
    const secrets = (of: typeof template) => Object.keys(of.findResources('AWS::SecretsManager::Secret'));
    expect(secrets(withAnotherKey).filter((id) => secrets(template).includes(id))).toEqual([
      expect.stringContaining('StripeKeys'),
    ]);
  });

  it('is waited for two minutes, not for CloudFormation’s hour', () => {
    expect(propertiesOf('Custom::MembersKey').ServiceTimeout).toBe('120');
  });
});

describe('the folder of the members’ files', () => {
  const [source, out] = [temporaryFolder(), temporaryFolder()];
  const write = (index: unknown) => writeFileSync(join(source, 'files.json'), JSON.stringify(index));
  mkdirSync(join(source, 'pictures'));
  for (const path of ['read.html', 'pictures/a.svg', '.DS_Store']) writeFileSync(join(source, path), '');

  it('ships whole, below /members/, without its index and what begins with a dot', async () => {
    write([{ file: 'read.html' }]);
    await collectMembersFiles({ source, out });
    expect(listFiles(out)).toEqual(['/members/pictures/a.svg', '/members/read.html']);
  });

  it('fails the build when it lists a file that is not there, or what is none', async () => {
    write([{ file: 'read.html' }, { file: 'gone.pdf' }]);
    await expect(collectMembersFiles({ source, out })).rejects.toThrow(/lists what is not there: gone\.pdf/);
    write([{ title: 'Untitled' }]);
    await expect(collectMembersFiles({ source, out })).rejects.toThrow(/has to list files/);
  });
});
