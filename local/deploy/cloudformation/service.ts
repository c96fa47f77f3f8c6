import { queryService, required, type Action } from '../query.ts';
import { AwsFault, type AwsService } from '../request.ts';
import { newChangeSet, type ReadTemplate } from './change-set.ts';
import { execute, remove, type LeftTables, type Run } from './life.ts';
import { newStack, type ChangeSet, type Stack } from './stack.ts';
import { changeSetView, eventView, resourceView, stackView } from './views.ts';

export interface CloudFormationOptions {
  readonly account: string;
  /** Filled by the deployments; by the stack's name. */
  readonly stacks: Map<string, Stack>;
  readonly readTemplate: ReadTemplate;
  readonly run: Run;
  /** Told of the tables that outlive their stack. */
  readonly leave: (tables: LeftTables) => void;
}

/** CloudFormation, as far as `cdk deploy`, `cdk diff` and `cdk destroy` call it. */
export function cloudFormation(options: CloudFormationOptions): AwsService {
  return queryService({ ...reading(options), ...changing(options), ...ending(options) });
}

type Actions = Record<string, Action>;

function reading({ stacks }: CloudFormationOptions): Actions {
  const find = (form: URLSearchParams): Stack => stackNamed(stacks, required(form, 'StackName'));
  return {
    DescribeStacks: (form) => ({ Stacks: [stackView(find(form))] }),
    DescribeStackEvents: (form) => {
      const stack = find(form);
      return { StackEvents: stack.events.map((event) => eventView(stack, event)).toReversed() };
    },
    ListStackResources: (form) => ({ StackResourceSummaries: [...find(form).resources.values()].map(resourceView) }),
    GetTemplate: (form) => ({ TemplateBody: find(form).templateBody, StagesAvailable: ['Original', 'Processed'] }),
  };
}

function changing(options: CloudFormationOptions): Actions {
  const find = (form: URLSearchParams): Stack => stackNamed(options.stacks, required(form, 'StackName'));
  return {
    CreateChangeSet: (form, region) => {
      const stack = stackFor(form, region, options);
      const changeSet = newChangeSet(form, stack, options.account, options.readTemplate);
      stack.changeSets.set(changeSet.name, changeSet);
      return { Id: changeSet.id, StackId: stack.id };
    },
    DescribeChangeSet: (form) => {
      const stack = find(form);
      return changeSetView(stack, changeSetNamed(stack, required(form, 'ChangeSetName')));
    },
    DeleteChangeSet: (form) => {
      const name = shortName(required(form, 'ChangeSetName'));
      find(form).changeSets.delete(name);
      return {};
    },
    ExecuteChangeSet: (form) => {
      const stack = find(form);
      mustBeIdle(stack, 'updated');
      void execute(stack, changeSetNamed(stack, required(form, 'ChangeSetName')), options.run);
      return {};
    },
  };
}

function ending({ stacks, leave }: CloudFormationOptions): Actions {
  return {
    UpdateTerminationProtection: (form) => {
      const stack = stackNamed(stacks, required(form, 'StackName'));
      stack.terminationProtection = required(form, 'EnableTerminationProtection') === 'true';
      return { StackId: stack.id };
    },
    DeleteStack: (form) => {
      const stack = stacks.get(nameOf(required(form, 'StackName')));
      if (stack === undefined) return {};
      mustBeIdle(stack, 'deleted');
      mustBeUnprotected(stack);
      void remove(stack, leave);
      return {};
    },
  };
}

/** By its name while it is there; by its ARN also when it is not any more. */
function stackNamed(stacks: ReadonlyMap<string, Stack>, asked: string): Stack {
  const stack = stacks.get(nameOf(asked));
  if (stack !== undefined && (stack.id === asked || stack.status !== 'DELETE_COMPLETE')) return stack;
  throw new AwsFault('ValidationError', `Stack with id ${asked} does not exist`);
}

/** `arn:aws:cloudformation:<region>:<account>:stack/<name>/<id>`, or the name itself. */
const nameOf = (asked: string): string => (asked.startsWith('arn:') ? (asked.split('/')[1] ?? '') : asked);

/** The one to change; a change set for a stack that is not there makes it. */
function stackFor(form: URLSearchParams, region: string, { account, stacks }: CloudFormationOptions): Stack {
  const name = nameOf(required(form, 'StackName'));
  const found = stacks.get(name);
  if (found !== undefined && found.status !== 'DELETE_COMPLETE') return found;
  const stack = newStack(account, region, name);
  stacks.set(name, stack);
  return stack;
}

function mustBeIdle({ id, status }: Stack, verb: string): void {
  if (!status.endsWith('IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') return;
  throw new AwsFault('ValidationError', `Stack:${id} is in ${status} state and can not be ${verb}.`);
}

function mustBeUnprotected({ name, terminationProtection }: Stack): void {
  if (!terminationProtection) return;
  throw new AwsFault('ValidationError', `Stack [${name}] cannot be deleted while TerminationProtection is enabled`);
}

function changeSetNamed(stack: Stack, asked: string): ChangeSet {
  const found = stack.changeSets.get(shortName(asked));
  if (found !== undefined) return found;
  throw new AwsFault('ChangeSetNotFound', `ChangeSet [${asked}] does not exist`, 404);
}

/** `arn:aws:cloudformation:<region>:<account>:changeSet/<name>/<id>`, or the name itself. */
const shortName = (asked: string): string => (asked.startsWith('arn:') ? (asked.split('/')[1] ?? '') : asked);
