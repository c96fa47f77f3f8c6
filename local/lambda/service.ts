import { randomUUID } from 'node:crypto';
import type { Metrics } from '../cloudwatch/metrics.ts';
import type { FunctionDefinition, Outcome } from './definition.ts';
import { compileRuntime } from './instance.ts';
import { mayInvoke, type Permission } from './permissions.ts';
import { startPool, type Pool } from './pool.ts';

/** Who asks for the invocation: a service, on behalf of a resource of its own. */
export interface Invoker {
  principal: string;
  sourceArn: string;
}

export interface LambdaService {
  /** `log` gets what the function writes, a line at a time. */
  create(definition: FunctionDefinition, log: (line: string) => void): void;
  permit(permission: Permission): void;
  find(functionArn: string): FunctionDefinition | undefined;
  /** Without an invoker it is Lambda itself, on behalf of an event source mapping: it needs no permission. */
  invoke(functionArn: string, event: object, invoker?: Invoker): Promise<Outcome>;
  stop: () => Promise<void>;
}

/** Of an event and of an answer, in bytes. */
const payloadLimit = 6_291_556;
export const requestTooLarge = 'RequestTooLargeException';

export interface LambdaSettings {
  readonly log: (line: string) => void;
  /** By how many whole seconds the functions' clock is ahead of the machine's, in shared memory. */
  readonly clockAhead: Int32Array | undefined;
  readonly metrics: Metrics;
}

/**
 * Lambda: functions, who may invoke them, and invocations, each function in workers of its own.
 * Measures each invocation, as Lambda does.
 */
export function lambdaService({ log, clockAhead, metrics }: LambdaSettings): LambdaService {
  const runtime = compileRuntime(clockAhead);
  const functions = new Map<string, { definition: FunctionDefinition; pool: Pool }>();
  const permissions: Permission[] = [];
  return {
    create: (definition, lines) => {
      const pool = startPool(definition, runtime, lines);
      functions.set(definition.arn, { definition, pool });
    },
    permit: (permission) => {
      permissions.push(permission);
    },
    find: (functionArn) => functions.get(functionArn)?.definition,
    invoke: async (functionArn, event, invoker) => {
      const found = functions.get(functionArn);
      if (found === undefined) return refused('ResourceNotFoundException', `Function not found: ${functionArn}`, log);
      if (invoker !== undefined && !mayInvoke(permissions, functionArn, invoker.principal, invoker.sourceArn)) {
        const who = `${invoker.principal} (${invoker.sourceArn}) may not invoke ${found.definition.name}`;
        return refused('AccessDeniedException', `${who}: no AWS::Lambda::Permission allows it`, log);
      }
      if (!found.definition.runtime.startsWith('nodejs')) {
        const problem = `${found.definition.name} is ${found.definition.runtime}; only Node functions run here`;
        return refused('InvalidRuntimeException', problem, log);
      }
      const payload = JSON.stringify(event);
      if (Buffer.byteLength(payload) > payloadLimit) {
        const problem = `${Buffer.byteLength(payload)} byte payload is too large (maximum ${payloadLimit} bytes)`;
        return refused(requestTooLarge, problem, log);
      }
      const invocation = { requestId: randomUUID(), event: payload, traceId: traceId() };
      const outcome = await measured(metrics, found.definition.name, () => found.pool.run(invocation));
      if (outcome.kind === 'failed' || Buffer.byteLength(outcome.payload) <= payloadLimit) return outcome;
      const problem = `Response payload size exceeded maximum allowed payload size (${payloadLimit} bytes).`;
      return refused('Function.ResponseSizeTooLarge', problem, log);
    },
    stop: async () => {
      await Promise.all([...functions.values()].map(({ pool }) => pool.stop()));
    },
  };
}

function refused(errorType: string, errorMessage: string, log: (line: string) => void): Outcome {
  log(`[lambda] ${errorType}: ${errorMessage}`);
  return { kind: 'failed', errorType, errorMessage };
}

/** An X-Ray trace header, not sampled: there is no X-Ray here. */
function traceId(): string {
  const digits = randomUUID().replaceAll('-', '');
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${digits.slice(0, 24)};Parent=${digits.slice(16)};Sampled=0`;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
async function measured(metrics: Metrics, FunctionName: string, run: () => Promise<Outcome>): Promise<Outcome> {
  const started = performance.now();
  const outcome = await run();
  const of = (name: string) => ({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName } });
  metrics.record(of('Invocations'), 1);
  metrics.record(of('Errors'), outcome.kind === 'failed' ? 1 : 0);
  metrics.record(of('Duration'), performance.now() - started);
  return outcome;
}
