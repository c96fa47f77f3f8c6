/** The value of an expression for one period; undefined when a metric that it needs has none. */
export type Expression = (valueOf: (id: string) => number | undefined) => number | undefined;

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z]\w*|&&|\|\||[<>=!]=|[-+*/(),<>])/y;

/**
 * Compiles metric math, as far as it works on one period at a time: numbers, ids, arithmetic, comparisons, AND, OR, IF
 * and FILL with a number.
 *
 * @throws Error that says what is not known
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function compileExpression(text: string): Expression {
  const tokens = tokensOf(text);
  const [expression, rest] = binary(tokens, 0);
  if (rest.length > 0) throw new Error(`has "${rest.join(' ')}" where it should end.`);
  return expression;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new Error(`has "${text.slice(at)}", which is not known here.`);
    tokens.push(token);
  }
  return tokens;
}

type Parsed = [Expression, string[]];
type Operation = (a: number, b: number) => number;

const truth = (value: boolean): number => (value ? 1 : 0);

/** From what binds loosest to what binds tightest. */
const LEVELS: readonly Readonly<Partial<Record<string, Operation>>>[] = [
  { OR: (a, b) => truth(a !== 0 || b !== 0), '||': (a, b) => truth(a !== 0 || b !== 0) },
  { AND: (a, b) => truth(a !== 0 && b !== 0), '&&': (a, b) => truth(a !== 0 && b !== 0) },
  {
    '<': (a, b) => truth(a < b),
    '<=': (a, b) => truth(a <= b),
    '>': (a, b) => truth(a > b),
    '>=': (a, b) => truth(a >= b),
    '==': (a, b) => truth(a === b),
    '!=': (a, b) => truth(a !== b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
];

function binary(tokens: string[], level: number): Parsed {
  const operations = LEVELS[level];
  if (operations === undefined) return primary(tokens);
  let [left, rest] = binary(tokens, level + 1);
  for (let operation = operations[rest[0] ?? '']; operation !== undefined; operation = operations[rest[0] ?? '']) {
    const [right, after] = binary(rest.slice(1), level + 1);
    left = applied(operation, left, right);
    rest = after;
  }
  return [left, rest];
}

const applied =
  (operation: Operation, left: Expression, right: Expression): Expression =>
  (valueOf) => {
    const [a, b] = [left(valueOf), right(valueOf)];
    return a === undefined || b === undefined ? undefined : operation(a, b);
  };

function primary([token = '', ...rest]: string[]): Parsed {
  if (token === '(') return closed(binary(rest, 0));
  if (/^\d/.test(token)) return [() => Number(token), rest];
  if (/^[a-z]/.test(token)) return [(valueOf) => valueOf(token), rest];
  if (token === 'IF' || token === 'FILL') return call(token, rest);
  throw new Error(`has "${token}", which is not known here.`);
}

function call(name: 'IF' | 'FILL', [opening, ...tokens]: string[]): Parsed {
  if (opening !== '(') throw new Error(`has ${name} without "(".`);
  const given: Expression[] = [];
  let rest = [',', ...tokens];
  while (rest[0] === ',') {
    const [expression, after] = binary(rest.slice(1), 0);
    given.push(expression);
    rest = after;
  }
  return closed([functionOf(name, given), rest]);
}

function functionOf(name: 'IF' | 'FILL', [first, second, third]: Expression[]): Expression {
  if (name === 'FILL' && first && second && !third) return (valueOf) => first(valueOf) ?? second(valueOf);
  if (name === 'FILL' || !first || !second || !third)
    throw new Error(`has ${name} with the wrong number of arguments.`);
  return (valueOf) => {
    const condition = first(valueOf);
    if (condition === undefined) return undefined;
    return condition === 0 ? third(valueOf) : second(valueOf);
  };
}

function closed([expression, [closing, ...rest]]: Parsed): Parsed {
  if (closing !== ')') throw new Error('has no ")" where one should be.');
  return [expression, rest];
}
