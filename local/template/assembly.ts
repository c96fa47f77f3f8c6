import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fields, type Fields } from './fields.ts';
import { isObject, parseObject, TemplateError, type JsonObject } from './json.ts';

/** One stack of a synthesized cloud assembly. */
export interface Assembly {
  stackName: string;
  /**
   * Stands at the end of names that the stack makes up, as CloudFormation puts a random one there: what a stack that is
   * gone has left is not in the way of its namesake.
   * @default - nothing, so that names are the same at every start
   */
  nameEnd?: string;
  account: string;
  region: string;
  template: JsonObject;
  /** The file or folder that `cdk deploy` would upload as this object of the assets bucket. */
  asset: (objectKey: string, place: string) => string;
}

// What an environment-agnostic stack gets here. 000000000000 is nobody's account.
const account = '000000000000';
const region = 'us-east-1';

/** Reads manifest.json, the one stack's template and its asset manifest from a folder that `cdk synth` wrote. */
export function loadAssembly(folder: string): Assembly {
  const manifestFile = path.join(folder, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new TemplateError(manifestFile, 'is not there.', 'Synthesize the stack first: npx cdk synth.');
  }
  const manifest = fields(readJson(manifestFile), manifestFile);
  const [stackId, stack] = onlyStack(manifest.group('artifacts'));
  const properties = stack.group('properties');
  const assets = assetSources(folder, manifest.group('artifacts'));
  return {
    ...environment(stack.text('environment')),
    stackName: properties.text('stackName', stackId),
    template: readJson(path.join(folder, properties.text('templateFile'))),
    asset: (objectKey, place) => {
      const source = assets.get(objectKey);
      if (source !== undefined) return source;
      throw new TemplateError(place, `names the asset ${objectKey}, which is not in ${folder}.`, 'Synthesize again.');
    },
  };
}

function readJson(file: string): JsonObject {
  return parseObject(readFileSync(file, 'utf8'), file);
}

function onlyStack(artifacts: Fields): [string, Fields] {
  const stacks = Object.keys(artifacts.values)
    .map((id): [string, Fields] => [id, artifacts.group(id)])
    .filter(([, artifact]) => artifact.text('type') === 'aws:cloudformation:stack');
  const [first, ...others] = stacks;
  if (first !== undefined && others.length === 0) return first;
  const names = stacks.map(([id]) => id).join(', ');
  throw new TemplateError(artifacts.place, `has ${stacks.length} stacks (${names}), wanted one.`, 'Synthesize one.');
}

/** `aws://123456789012/eu-west-1`, or `aws://unknown-account/unknown-region` for a stack that any account may take. */
function environment(name: string): { account: string; region: string } {
  const [, named, place] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(name) ?? [];
  return {
    account: named === undefined || named === 'unknown-account' ? account : named,
    region: place === undefined || place === 'unknown-region' ? region : place,
  };
}

function assetSources(folder: string, artifacts: Fields): Map<string, string> {
  const manifests = Object.keys(artifacts.values)
    .map((id) => artifacts.group(id))
    .filter((artifact) => artifact.text('type') === 'cdk:asset-manifest')
    .map((artifact) => path.join(folder, artifact.group('properties').text('file')));
  return new Map(manifests.flatMap((file) => sourcesOf(folder, file)));
}

function sourcesOf(folder: string, manifestFile: string): [string, string][] {
  const files = fields(readJson(manifestFile), manifestFile).group('files');
  return Object.keys(files.values).flatMap((id) => {
    const file = files.group(id);
    const source = path.join(folder, file.group('source').text('path'));
    const destinations = Object.values(file.group('destinations').values).filter(isObject);
    return destinations.map((to): [string, string] => [fields(to, files.place).text('objectKey'), source]);
  });
}
