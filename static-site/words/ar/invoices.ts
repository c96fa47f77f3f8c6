/** The visitor's invoices. */
export const invoices = 'الفواتير';
export const fetching = 'جارٍ تحميل فواتيرك…';
export const failed = 'تعذّر تحميل فواتيرك';
export const onItsWay = (amount: string): string => `دفعتك البالغة ${amount} في الطريق. يستغرق مصرفك بضعة أيام.`;
export const toConfirm = (amount: string): string => `يطلب مصرفك أن تؤكد دفعة قدرها ${amount}.`;
export const isDue = (amount: string): string => `المبلغ المستحق: ${amount}.`;
export const weTryAgain = (date: string): string => `سنعيد المحاولة ببطاقتك في ${date}.`;
export const confirm = 'تأكيد الدفع';
export const pay = (amount: string): string => `ادفع ${amount} الآن`;
export const showMore = 'عرض المزيد';
export const fetchingMore = 'جارٍ تحميل المزيد…';
export const pdf = 'PDF';
export const view = 'عرض';
export const pdfOf = (number: string): string => `PDF الفاتورة ${number}`;
export const viewOf = (number: string): string => `عرض الفاتورة ${number}`;
export const refundedPartly = (amount: string): string => `رُدّ ${amount}`;

export const disputed = 'معترض عليها';
export const refunded = 'مستردة';
export const paid = 'مدفوعة';
export const processing = 'في الطريق';
export const due = 'مستحقة';
export const uncollectible = 'غير مدفوعة';
export const voided = 'ملغاة';
