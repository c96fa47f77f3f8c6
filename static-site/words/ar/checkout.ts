/** To Checkout, and back from it. */
export const checkout = 'الدفع';
export const takingYou = 'جارٍ نقلك إلى صفحة الدفع…';
export const confirmingTitle = 'تأكيد';
export const confirming = 'جارٍ تأكيد اشتراكك مع Stripe…';
export const stillConfirming = 'ما زال التأكيد جاريًا. يستغرق عادةً بضع ثوانٍ.';
export const subscribedTitle = 'تم الاشتراك';
export const subscribed = 'تم اشتراكك بنجاح!';
export const startReading = 'ابدأ القراءة';
export const onItsWay = {
  title: 'دفعتك في الطريق',
  text: 'يحتاج مصرفك بعض الوقت لتأكيد طريقة الدفع هذه. يُتاح وصولك تلقائيًا عند وصول المبلغ، ولا حاجة إلى أي إجراء منك.',
};
export const takingLong = {
  title: 'يستغرق هذا أطول من المعتاد',
  text: 'نجحت دفعتك، ولا حاجة إلى الدفع مرة أخرى. ما زلنا ننتظر التأكيد.',
};
export const notFinished = {
  title: 'لم تكتمل عملية الدفع هذه',
  text: 'لم يُخصم أي مبلغ. يمكنك اختيار باقتك من جديد.',
};
export const expired = {
  title: 'انتهت صلاحية عملية الدفع هذه',
  text: 'لم يُخصم أي مبلغ. اختر باقتك من جديد لبدء عملية أخرى.',
};
export const cancelledTitle = 'أُلغي الدفع';
export const cancelled = 'لقد ألغيت عملية الدفع.';
export const nothingCharged = 'لم يُخصم أي مبلغ. الباقات هنا متى أردتها.';
