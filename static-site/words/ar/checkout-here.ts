/** Paying on this page. */
export const subscribeTo = (plan: string): string => `الاشتراك في ${plan}`;
/** Of the form, for a screen reader. */
export const payment = 'الدفع';
export const dueToday = 'المستحق اليوم:';
/** @param date the trial's last day @param price such as "$29.00 a month" */
export const afterTrial = (date: string, price: string): string => `مجانًا حتى ${date}، ثم ${price}`;
export const cancelAnyTime = 'يتجدد الاشتراك تلقائيًا إلى أن تلغيه، ويمكنك ذلك هنا في أي وقت.';
export const paying = 'جارٍ الدفع…';
/** Stripe.js did not come. */
export const blocked =
  'تعذّر تحميل نموذج الدفع. تحقّق من اتصالك؛ وإن كان مانعٌ ما يحجب برامج stripe.com فاسمح بها لهذه الصفحة.';
