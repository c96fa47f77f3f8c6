import { describe, expect, it } from '@jest/globals';
import plansFile from '../../plans.json' with { type: 'json' };
import { findPlan, parsePlans, plansOf } from '../../billing/plans.ts';

const price = { lookupKey: 'a_monthly', amount: 900, currency: 'usd', interval: 'month', trialDays: 0 };
const product = { id: 'a', name: 'A', description: 'An A', features: ['one'], prices: [price] };

describe('the plans file', () => {
  it('that ships is right', () => {
    expect(plansOf(parsePlans(plansFile)).map((plan) => plan.lookupKey)).toContain('pro_yearly');
  });

  it('gives each price with the product it belongs to', () => {
    const plan = findPlan(parsePlans({ products: [product] }), 'a_monthly');
    expect(plan).toMatchObject({ amount: 900, product: { id: 'a', name: 'A' } });
  });

  it('may have a product’s words in other languages', () => {
    const german = { name: 'Das A', description: 'Ein A', features: ['eins'] };
    const { products } = parsePlans({ products: [{ ...product, translations: { de: german } }] });
    expect(products[0]?.translations).toEqual({ de: german });
  });

  it('may recommend a product, and need not', () => {
    const recommended = (json: object) => findPlan(parsePlans({ products: [json] }), 'a_monthly')?.product.highlight;
    expect(recommended({ ...product, highlight: true })).toBe(true);
    expect(recommended(product)).toBe(false);
  });

  it.each([
    [{}, '"products" is missing'],
    [{ products: [] }, 'at least one product'],
    [{ products: [{ ...product, prices: [] }] }, 'products[0].prices: expected at least one price'],
    [
      { products: [{ ...product, translations: { de: { name: 'Das A' } } }] },
      'translations.de: "description" is missing',
    ],
    [{ products: [{ ...product, translations: { Deutsch: product } }] }, 'products[0].translations, language'],
    [{ products: [{ ...product, highlight: 'yes' }] }, 'products[0].highlight: expected true or false'],
    [{ products: [{ ...product, id: 'A b' }] }, 'products[0].id'],
    [{ products: [{ ...product, prices: [{ ...price, amount: 9.5 }] }] }, 'products[0].prices[0].amount'],
    [{ products: [{ ...product, prices: [{ ...price, interval: 'decade' }] }] }, 'products[0].prices[0].interval'],
    [{ products: [{ ...product, prices: [price, price] }] }, 'lookupKey "a_monthly" stands twice'],
    [{ products: [product, { ...product, prices: [{ ...price, lookupKey: 'b' }] }] }, 'product id "a" stands twice'],
  ])('that is wrong is refused by naming the place (%#)', (file, message) => {
    expect(() => parsePlans(file)).toThrow(message);
  });
});
