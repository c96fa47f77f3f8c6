import * as fc from 'fast-check';
import { at } from '../../billing/json.ts';
import { json, text } from './hostile-input.ts';

type Path = readonly string[];

/** One thing that is not as Stripe's types say: at this place, or at the `where`th of all places, gone or something else. */
interface Oddity {
  readonly where: number | string;
  readonly gone: boolean;
  readonly value: unknown;
}

/** Where our own code looks: in the event, and in its object. */
const READ = [
  'id type created api_version data data.object',
  'id customer status currency created metadata metadata.userId subscription parent mode items items.data items.data.0',
  'items.data.0.price items.data.0.price.metadata items.data.0.price.metadata.plan items.data.0.price.recurring',
  'items.data.0.price.unit_amount items.data.0.quantity items.data.0.current_period_end cancel_at ended_at',
  'trial_start trial_end pause_collection cancellation_details default_payment_method customer.id payment_intent',
  'parent.subscription_details',
].flatMap((names, line) => names.split(' ').map((name) => (line === 0 ? name : `data.object.${name}`)));

const NUMBERS = [-1, 0, 1.5, 1e21, Number.MAX_SAFE_INTEGER, 4_102_444_800];

export const oddities: fc.Arbitrary<readonly Oddity[]> = fc.array(
  fc.record({
    where: fc.oneof({ arbitrary: fc.constantFrom(...READ), weight: 3 }, { arbitrary: fc.nat(), weight: 1 }),
    gone: fc.boolean(),
    value: fc.oneof(json, text, fc.constantFrom<unknown>(null, {}, [], ...NUMBERS), fc.nat()),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The event with these oddities in it. The id of the subscription can be among them, and the event's own. */
export function oddEvent(event: object, odd: readonly Oddity[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(event)); // Decimals are texts on the wire
  for (const oddity of odd) {
    const places = placesIn(copy);
    const { where } = oddity;
    put(copy, typeof where === 'string' ? where.split('.') : (places[where % places.length] ?? []), oddity);
  }
  return copy;
}

function placesIn(value: unknown, above: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => [[...above, name], ...placesIn(field, [...above, name])]);
}

function put(root: unknown, path: Path, { gone, value }: Oddity): void {
  const name = path.at(-1);
  const parent = at(root, ...path.slice(0, -1));
  if (name === undefined || typeof parent !== 'object' || parent === null) return;
  if (gone) Reflect.deleteProperty(parent, name);
  else Reflect.set(parent, name, structuredClone(value)); // of its own, so that nothing can come to be inside itself
}
