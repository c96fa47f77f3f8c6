import { isObject, TemplateError, type Json, type JsonObject } from './json.ts';
import { resolve, type Scope } from './intrinsics.ts';

type Operator = (operands: Json[], scope: Scope, place: string) => boolean;

/** Whether a condition holds: Fn::Equals, Fn::And, Fn::Or, Fn::Not, and another condition by name. */
export function holds(condition: Json, scope: Scope, place: string): boolean {
  const [name = '', operands = null] = isObject(condition) ? (Object.entries(condition)[0] ?? []) : [];
  const operator = operators[name];
  if (operator === undefined) {
    const problem = `the condition function "${name}" is not known here.`;
    throw new TemplateError(place, problem, 'Add it to local/template/conditions.ts.');
  }
  return operator(Array.isArray(operands) ? operands : [operands], scope, `${place}.${name}`);
}

const operators: Partial<Record<string, Operator>> = {
  'Fn::Equals': ([left = null, right = null], scope, place) =>
    JSON.stringify(resolve(left, scope, place)) === JSON.stringify(resolve(right, scope, place)),
  'Fn::And': (operands, scope, place) => operands.every((operand) => holds(operand, scope, place)),
  'Fn::Or': (operands, scope, place) => operands.some((operand) => holds(operand, scope, place)),
  'Fn::Not': ([operand = null], scope, place) => !holds(operand, scope, place),
  Condition: ([name], scope, place) => {
    const value = typeof name === 'string' ? scope.condition(name) : undefined;
    if (value !== undefined) return value;
    throw new TemplateError(place, `there is no condition ${JSON.stringify(name)}.`, 'Mend it in lib/.');
  },
};

/** The template's condition of that name; undefined when there is none. */
export function conditionNamed(name: string, conditions: JsonObject, scope: Scope): boolean | undefined {
  const condition = conditions[name];
  return condition === undefined ? undefined : holds(condition, scope, `Conditions.${name}`);
}
