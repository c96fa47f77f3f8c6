import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../../template/json.ts';
import { required } from '../query.ts';
import { AwsFault } from '../request.ts';
import { isBootstrap } from './bootstrap.ts';
import { changesBetween } from './changes.ts';
import type { ChangeSet, Stack } from './stack.ts';

/** A template from the assets, by its object's key. */
export type ReadTemplate = (key: string) => string | undefined;

type Wanted = Pick<ChangeSet, 'templateBody' | 'template' | 'tags'>;

/** What CreateChangeSet asks for. @throws AwsFault when the template is none, or has a parameter set */
export function newChangeSet(
  form: URLSearchParams,
  stack: Stack,
  account: string,
  readTemplate: ReadTemplate,
): ChangeSet {
  const name = required(form, 'ChangeSetName');
  const { templateBody, template, tags } = isBootstrap(stack) ? stack : wantedBy(form, readTemplate);
  return {
    id: `arn:aws:cloudformation:${stack.region}:${account}:changeSet/${name}/${randomUUID()}`,
    name,
    createdAt: new Date(),
    templateBody,
    template,
    tags,
    changes: changesBetween(stack.template, template),
    isEmpty: isDeepStrictEqual([stack.template, stack.tags], [template, tags]),
  };
}

function wantedBy(form: URLSearchParams, readTemplate: ReadTemplate): Wanted {
  const templateBody = templateOf(form, readTemplate);
  const template = parse(templateBody);
  mustBeDefaults(form, template);
  const tags = Object.fromEntries(members(form, 'Tags').map((tag) => [tag['Key'] ?? '', tag['Value'] ?? '']));
  return { templateBody, template, tags };
}

/** The whole template, or where in the assets it is: `https://s3.<region>.amazonaws.com/<bucket>/<key>`. */
function templateOf(form: URLSearchParams, readTemplate: ReadTemplate): string {
  const url = form.get('TemplateURL');
  if (url === null) return required(form, 'TemplateBody');
  const found = readTemplate(new URL(url).pathname.split('/').at(-1) ?? '');
  if (found !== undefined) return found;
  throw new AwsFault('ValidationError', `S3 error: there is no object at ${url}`);
}

function parse(body: string): JsonObject {
  try {
    const template: unknown = JSON.parse(body);
    if (isObject(template)) return template;
  } catch {
    // Said below.
  }
  throw new AwsFault(
    'ValidationError',
    'Template format error: the local cloud reads JSON only, as the CDK writes it.',
  );
}

function mustBeDefaults(form: URLSearchParams, { Parameters }: JsonObject): void {
  for (const { ParameterKey = '', ParameterValue, UsePreviousValue } of members(form, 'Parameters')) {
    const parameter = isObject(Parameters) ? Parameters[ParameterKey] : undefined;
    const isDefault = isObject(parameter) && parameter['Default'] === ParameterValue;
    if (isDefault || UsePreviousValue === 'true') continue;
    const problem = `The parameter ${ParameterKey} is set; the local cloud takes the template's defaults only.`;
    throw new AwsFault('ValidationError', problem);
  }
}

/** A list of the query protocol: `Tags.member.1.Key=...&Tags.member.1.Value=...`. */
function members(form: URLSearchParams, list: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  for (const [name, value] of form) {
    const [, index, field] = new RegExp(`^${list}\\.member\\.(\\d+)\\.(\\w+)$`).exec(name) ?? [];
    if (index !== undefined && field !== undefined) (found[Number(index) - 1] ??= {})[field] = value;
  }
  return found.filter((member) => member !== undefined);
}
