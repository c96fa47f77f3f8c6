/** Paying on this page. */
export const subscribeTo = (plan: string): string => `${plan} abonnieren`;
/** Of the form, for a screen reader. */
export const payment = 'Zahlung';
export const dueToday = 'Heute fällig:';
/** @param date the trial's last day @param price such as "$29.00 a month" */
export const afterTrial = (date: string, price: string): string => `Gratis bis ${date}, danach ${price}`;
export const cancelAnyTime = 'Das Abo verlängert sich von selbst, bis du kündigst; das geht hier jederzeit.';
export const paying = 'Zahlung läuft…';
/** Stripe.js did not come. */
export const blocked =
  'Das Zahlungsformular konnte nicht geladen werden. Prüfe deine Verbindung; falls ein Blocker Skripte von stripe.com abhält, erlaube sie für diese Seite.';
