import { join } from 'node:path';
import { Construct } from 'constructs';
import type { AccessChanges } from '../access-changes.ts';
import type { MembersKey } from '../members/members-key.ts';
import type { RecordsTable } from '../records-table.ts';
import type { StripeKeys } from '../stripe-keys.ts';
import { type HandlerName, needs, toldToAll, type Variable } from './needs.ts';
import { RouteFunction } from './route-function.ts';

export interface HandlersProps {
  /** The folder that holds a folder per function, as the bundler left it. */
  readonly bundles: string;
  /** Every variable's value; each function is given only those it needs. Undefined where a setting has nothing to say. */
  readonly environment: Readonly<Record<Variable, string | undefined>>;
  readonly table: RecordsTable;
  readonly keys: StripeKeys;
  readonly accessChanges: AccessChanges;
  readonly membersKey: MembersKey;
}

/** All functions, each made and allowed as `needs` says. */
export class Handlers extends Construct {
  private readonly props: HandlersProps;
  private readonly made = new Map<HandlerName, RouteFunction>();

  constructor(scope: Construct, id: string, props: HandlersProps) {
    super(scope, id);
    this.props = props;
  }

  /** The function of that name, made when it is first asked for. */
  get(name: HandlerName): RouteFunction {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const made = this.make(name);
    this.made.set(name, made);
    return made;
  }

  private make(name: HandlerName): RouteFunction {
    const { bundles, environment, table, keys, accessChanges, membersKey } = this.props;
    const need = needs[name];
    const made = new RouteFunction(this, pascal(name), {
      description: `functions/${name}.ts`,
      bundle: join(bundles, name),
      environment: Object.fromEntries(
        [...need.environment, ...toldToAll].flatMap((variable) => {
          const value = environment[variable];
          return value === undefined ? [] : [[variable, value]];
        }),
      ),
      timeout: need.timeout,
    });
    if (need.table !== undefined) table.grant(made.function, need.table);
    if (need.customerIndex === true) table.grantFindCustomer(made.function);
    if (need.allCustomers === true) table.grantAllCustomers(made.function);
    if (need.secret === true) keys.grantRead(made.function);
    if (need.accessChanges === true) accessChanges.grantTell(made.function);
    if (need.membersKey === true) membersKey.grantRead(made.function);
    return made;
  }
}

/** `checkout-session` is `CheckoutSession` in CloudFormation. */
const pascal = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
