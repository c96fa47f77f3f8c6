/** The plans: cards, prices and their buttons. */
import { plural } from '../plural.ts';

/** By which products have their words in `plans.json`. */
export const language = 'de';

export const billing = 'Abrechnung';
export const intervals = { day: 'Täglich', week: 'Wöchentlich', month: 'Monatlich', year: 'Jährlich' };
export const save = (share: string): string => `${share} sparen`;
export const savesAYear = (amount: string): string => `${amount} im Jahr gespart`;
export const orPrice = (price: string): string => `oder ${price}`;
export const yourPlan = 'Dein Angebot';
export const recommended = 'Empfohlen';
export const subscribe = 'Abonnieren';
export const startTrial = 'Kostenlos testen';
export const switchPlan = 'Zu diesem Angebot wechseln';
export const daysFree = (days: number, written: string): string =>
  plural(language, days, { one: 'Erster Tag kostenlos', other: `Die ersten ${written} Tage kostenlos` });
