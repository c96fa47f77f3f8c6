/** Beside the subscription: a card for later, and what is charged to it. */
export const payments = 'المدفوعات';
export const fetching = 'جارٍ تحميل مدفوعاتك…';
export const saveCard = 'حفظ بطاقة لوقت لاحق';
export const paymentDue = 'لديك دفعة مستحقة';
export const nothingDue = 'لا شيء مستحق';
export const onlyWhatWeTellYou = 'لا نخصم من البطاقة المحفوظة إلا ما نخبرك به. ويبقى لاشتراكك بطاقته.';
export const notFinished = 'لم تكتمل عملية الدفع هذه';
export const cardSaved = 'حُفظت بطاقتك';
export const thankYou = 'شكرًا لك، نجحت دفعتك';
export const declined = ': رُفضت بطاقتك.';
export const toConfirm = ': يطلب مصرفك أن تؤكدها.';
export const pay = (amount: string): string => `ادفع ${amount} الآن`;

export const paid = 'مدفوعة';
export const due = 'مستحقة';
export const underWay = 'قيد التنفيذ';
