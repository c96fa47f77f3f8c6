import { isObject, type Json, type JsonObject } from '../template/json.ts';
import type { MetricId } from './metrics.ts';

interface Counted {
  readonly metric: MetricId;
  readonly values: readonly number[];
}

/**
 * The metrics in a line of a log, if it is one of CloudWatch's embedded metric format; what is not as the format has it
 * counts nothing, in AWS as here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function countedIn(line: string): Counted[] {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const members = parsed(line);
  const head = members?.['_aws'];
  if (members === undefined || !isObject(head)) return [];
  return objectsIn(head['CloudWatchMetrics']).flatMap((directive) => countedBy(directive, members));
}

function countedBy(directive: JsonObject, members: JsonObject): Counted[] {
  const namespace = directive['Namespace'];
  if (typeof namespace !== 'string') return [];
  const names = objectsIn(directive['Metrics']).flatMap(({ Name }) => (typeof Name === 'string' ? [Name] : []));
  return listOf(directive['Dimensions']).flatMap((set) => {
    const dimensions = dimensionsOf(listOf(set), members);
    if (dimensions === undefined) return [];
    const counted = names.map((name) => ({
      metric: { namespace, name, dimensions },
      values: numbersIn(members[name]),
    }));
    return counted.filter(({ values }) => values.length > 0);
  });
}

/** Undefined when one that is named has no value in the line. */
function dimensionsOf(names: readonly Json[], members: JsonObject): Record<string, string> | undefined {
  const named = names.flatMap((name): [string, string][] => {
    const value = typeof name === 'string' ? members[name] : undefined;
    return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
  });
  return named.length === names.length ? Object.fromEntries(named) : undefined;
}

function parsed(line: string): JsonObject | undefined {
  try {
    const json: Json = JSON.parse(line);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const objectsIn = (value: Json | undefined): JsonObject[] => listOf(value).filter(isObject);
const numbersIn = (value: Json | undefined): number[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'number');
