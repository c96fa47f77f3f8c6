/** The plans: cards, prices and their buttons. */
import { plural } from '../plural.ts';

/** By which products have their words in `plans.json`. */
export const language = 'ar';

export const billing = 'الدفع';
export const intervals = { day: 'يومي', week: 'أسبوعي', month: 'شهري', year: 'سنوي' };
export const save = (share: string): string => `وفّر ${share}`;
export const savesAYear = (amount: string): string => `توفّر ${amount} سنويًا`;
export const orPrice = (price: string): string => `أو ${price}`;
export const yourPlan = 'باقتك';
export const recommended = 'موصى بها';
export const subscribe = 'اشترك';
export const startTrial = 'ابدأ التجربة المجانية';
export const switchPlan = 'انتقل إلى هذه الباقة';
export const daysFree = (days: number, written: string): string =>
  plural(language, days, {
    one: 'اليوم الأول مجانًا',
    two: 'أول يومين مجانًا',
    few: `أول ${written} أيام مجانًا`,
    many: `أول ${written} يومًا مجانًا`,
    other: `أول ${written} يوم مجانًا`,
  });
