/** The visitor's subscription: its status, what happens next, and the ways to change it. */
export const yourSubscription = 'اشتراكك';
export const yourPlan = 'باقتك';
export const updateCard = 'تحديث البطاقة';
export const addCard = 'إضافة بطاقة';
export const billing = 'الدفع والفواتير';
export const manage = 'إدارة الاشتراك';
export const keep = 'الاحتفاظ باشتراكي';
export const changePlan = 'تغيير الباقة';
export const cancel = 'إلغاء الاشتراك';
export const openingBilling = 'جارٍ فتح صفحة الفواتير…';

export const active = 'نشط';
export const paymentsPaused = 'الدفع متوقف مؤقتًا';
export const freeTrial = 'تجربة مجانية';
export const ending = 'ينتهي قريبًا';
export const paymentDue = 'دفعة مستحقة';
export const unpaid = 'غير مدفوع';
export const paused = 'متوقف مؤقتًا';
export const notConfirmed = 'غير مؤكد';
export const notStarted = 'لم يبدأ';
export const ended = 'انتهى';
export const unknown = 'غير معروف';

export const renews = (date: string, amount: string): string => `يتجدد في ${date}${amount && ` مقابل ${amount}`}.`;
export const renewsAutomatically = 'يتجدد تلقائيًا.';
export const trial = (end: string | null, price: string): string =>
  `تجربة مجانية${end ? ` حتى ${end}` : ''}${price && `، ثم ${price}`}.`;
export const trialWithoutCard = 'أضف بطاقة قبل ذلك ليستمر اشتراكك.';
export const endsOn = (date: string | null): string =>
  `${date ? `ينتهي في ${date}` : 'ينتهي قريبًا'}. يبقى وصولك متاحًا حتى ذلك الحين، ولن يُخصم شيء بعد الآن.`;
export const inGrace = (date: string | null): string =>
  `لم تنجح دفعتك الأخيرة. ادفعها أو حدّث بطاقتك ${date ? `قبل ${date}` : 'قريبًا'} ليبقى وصولك متاحًا.`;
export const pastDue = 'لم تنجح دفعتك الأخيرة. ادفعها أو حدّث بطاقتك لتستعيد وصولك.';
export const severalUnpaid = 'لم تنجح عدة دفعات. ادفع المستحق لتستعيد وصولك.';
export const paymentsPausedUntil = (date: string | null): string =>
  `الدفع متوقف ${date ? `حتى ${date}` : 'مؤقتًا'}. يبقى وصولك متاحًا.`;
export const pausedWithCard = 'اشتراكك متوقف مؤقتًا. لن يُخصم شيء حتى يُستأنف.';
export const pausedWithoutCard = 'انتهت تجربتك دون بطاقة. لم يُخصم أي مبلغ؛ أضف بطاقة وتبدأ باقتك فورًا.';
export const incomplete = 'لم تتأكد الدفعة الأولى بعد.';
export const incompleteExpired = 'لم تُدفع الدفعة الأولى في وقتها، فلم يبدأ الاشتراك.';
export const unknownState = 'تعذّرت معرفة حالة اشتراكك. ستجد التفاصيل في صفحة الفواتير.';

export const endedBecause = {
  payment_failed: ' لعدم الدفع',
  payment_disputed: ' لاعتراضٍ على إحدى الدفعات',
  cancellation_requested: ' بعد إلغائه',
};
export const endedOn = (date: string | null, because: string): string =>
  `${date ? `انتهى في ${date}` : 'انتهى اشتراكك'}${because}. نرحب بعودتك متى شئت.`;

export const checkingForChanges = 'جارٍ التحقق من التغييرات…';
export const updated = 'حُدّث للتو.';
export const changed = (sentence: string): string => `تغيّر اشتراكك. ${sentence}`;
export const noChanges = 'لا تغييرات حتى الآن.';
export const madeOne = 'أجريت تغييرًا للتو؟ قد يستغرق ظهوره هنا دقيقة.';
