/** The plans file (`plans.json`), as the operator edits it. Its schema with the meaning of each field: docs/plans.schema.json. */
export interface PlansFile {
  readonly products: readonly ProductPlan[];
}

/** What a customer reads of a product. */
export interface ProductWords {
  readonly name: string;
  readonly description: string;
  readonly features: readonly string[];
}

export interface ProductPlan extends ProductWords {
  readonly id: string;
  /** In other languages of the page, by their tag (`de`). */
  readonly translations?: Readonly<Record<string, ProductWords>>;
  /** The page recommends it. */
  readonly highlight: boolean;
  readonly prices: readonly PricePlan[];
}

export interface PricePlan {
  readonly lookupKey: string;
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
  readonly interval: Interval;
  readonly trialDays: number;
}

export type Interval = 'day' | 'week' | 'month' | 'year';

/** A price together with the product it belongs to: what a customer chooses. */
export interface Plan extends PricePlan {
  readonly product: Omit<ProductPlan, 'prices'>;
}

export class PlansFileError extends Error {
  override readonly name = 'PlansFileError';
}

/** @throws PlansFileError naming the place and what is expected there */
export function parsePlans(json: unknown): PlansFile {
  const products = list(field(json, 'products', 'plans.json'), 'products').map(parseProduct);
  if (products.length === 0) throw new PlansFileError('products: expected at least one product');
  const plans: PlansFile = { products };
  unique(
    products.map((product) => product.id),
    'product id',
  );
  unique(
    plansOf(plans).map((plan) => plan.lookupKey),
    'lookupKey',
  );
  return plans;
}

/** Every plan on sale, in the file's order. */
export function plansOf(file: PlansFile): Plan[] {
  return file.products.flatMap(({ prices, ...product }) => prices.map((price) => ({ ...price, product })));
}

export function findPlan(file: PlansFile, lookupKey: string): Plan | undefined {
  return plansOf(file).find((plan) => plan.lookupKey === lookupKey);
}

function parseProduct(json: unknown, index: number): ProductPlan {
  const at = `products[${index}]`;
  const prices = list(field(json, 'prices', at), `${at}.prices`);
  if (prices.length === 0) throw new PlansFileError(`${at}.prices: expected at least one price`);
  return {
    id: text(field(json, 'id', at), `${at}.id`, /^[a-z0-9_-]{1,40}$/),
    ...parseWords(json, at),
    ...parseTranslations(optional(json, 'translations'), `${at}.translations`),
    highlight: yes(optional(json, 'highlight') ?? false, `${at}.highlight`),
    prices: prices.map((price, i) => parsePrice(price, `${at}.prices[${i}]`)),
  };
}

function parseWords(json: unknown, at: string): ProductWords {
  return {
    name: text(field(json, 'name', at), `${at}.name`, /^.{1,250}$/),
    description: text(field(json, 'description', at), `${at}.description`, /^.{1,500}$/),
    features: list(field(json, 'features', at), `${at}.features`).map((feature, i) =>
      text(feature, `${at}.features[${i}]`, /^.{1,80}$/),
    ),
  };
}

function parseTranslations(json: unknown, at: string): Pick<ProductPlan, 'translations'> {
  if (json === undefined) return {};
  if (typeof json !== 'object' || json === null) throw new PlansFileError(`${at}: expected an object`);
  const words = Object.entries(json).map(([tag, each]) => [
    text(tag, `${at}, language`, /^[a-z]{2,3}$/),
    parseWords(each, `${at}.${tag}`),
  ]);
  return { translations: Object.fromEntries(words) };
}

function parsePrice(json: unknown, at: string): PricePlan {
  return {
    lookupKey: text(field(json, 'lookupKey', at), `${at}.lookupKey`, /^[a-z0-9_]{1,60}$/),
    amount: count(field(json, 'amount', at), `${at}.amount`),
    currency: text(field(json, 'currency', at), `${at}.currency`, /^[a-z]{3}$/),
    interval: interval(field(json, 'interval', at), `${at}.interval`),
    trialDays: count(field(json, 'trialDays', at), `${at}.trialDays`, 730),
  };
}

function field(json: unknown, name: string, at: string): unknown {
  if (typeof json !== 'object' || json === null) throw new PlansFileError(`${at}: expected an object`);
  const value = optional(json, name);
  if (value === undefined) throw new PlansFileError(`${at}: "${name}" is missing`);
  return value;
}

const optional = (json: unknown, name: string): unknown =>
  Object.entries(json ?? {}).find(([key]) => key === name)?.[1];

function list(json: unknown, at: string): unknown[] {
  if (!Array.isArray(json)) throw new PlansFileError(`${at}: expected a list`);
  return json;
}

function text(json: unknown, at: string, shape: RegExp): string {
  if (typeof json !== 'string' || !shape.test(json)) throw new PlansFileError(`${at}: expected a text like ${shape}`);
  return json;
}

function yes(json: unknown, at: string): boolean {
  if (typeof json !== 'boolean') throw new PlansFileError(`${at}: expected true or false`);
  return json;
}

function count(json: unknown, at: string, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof json !== 'number' || !Number.isInteger(json) || json < 0 || json > most)
    throw new PlansFileError(`${at}: expected a whole number from 0 to ${most}`);
  return json;
}

function interval(json: unknown, at: string): Interval {
  if (json === 'day' || json === 'week' || json === 'month' || json === 'year') return json;
  throw new PlansFileError(`${at}: expected "day", "week", "month" or "year"`);
}

function unique(values: readonly string[], what: string): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new PlansFileError(`${what} "${twice}" stands twice; each may stand once`);
}
