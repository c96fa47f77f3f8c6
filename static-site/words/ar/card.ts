/** The card that the next invoice is charged to. @param month as it stands on the card: "12/29" */
export const expires = (month: string): string => `صالحة حتى ${month}`;
export const expiresFirst = (month: string): string => `تنتهي صلاحيتها في ${month}، قبل الدفعة التالية`;
export const someCard = 'بطاقة';
export const atStripe = 'محفوظة لدى Stripe';
export const none = 'لا توجد بطاقة بعد';
