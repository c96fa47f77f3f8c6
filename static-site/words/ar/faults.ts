/** What went wrong, and what helps. `backticks` set off what is to be typed. */
export const offline = {
  title: 'يبدو أنك غير متصل بالإنترنت',
  text: 'تعذّر الوصول إلى الخادم. تحقق من اتصالك ثم حاول مجددًا.',
};
export const timeout = {
  title: 'استغرق الأمر وقتًا طويلًا',
  text: 'لم يُجب الخادم في الوقت المحدد. حاول مجددًا.',
};
export const signedOut = {
  title: 'سجّل الدخول من فضلك',
  text: 'لقد سُجّل خروجك. سجّل الدخول لتتابع من حيث كنت.',
};
export const unauthorized = {
  title: 'لم يُقبل تسجيل دخولك',
  text: 'رفضه الخادم. سجّل الدخول مرة أخرى من فضلك.',
};
export const signInFailed = {
  title: 'لم يُسجّل دخولك',
  text: 'لم ينجح تسجيل الدخول. حاول مجددًا.',
};
export const signInCancelled = 'غادرت صفحة تسجيل الدخول قبل أن تنتهي.';
export const signInUnasked = 'تعذّر إكمال تسجيل دخولك هنا. سجّل الدخول مرة أخرى من فضلك.';
export const signInPageMissing = 'لا توجد صفحة لتسجيل الدخول لدى مزوّد الخدمة.';
export const unexpected = {
  title: 'حدث خطأ ما',
  text: 'تلقينا ردًا غير متوقع. حاول مجددًا بعد قليل.',
};
export const notConfigured = 'لم نفتتح بعد';
export const stripeUnavailable = {
  title: 'خدمة الدفع غير متاحة',
  text: 'لا يستجيب شريك الدفع حاليًا. لم يُخصم أي مبلغ. حاول مجددًا بعد قليل.',
};
export const providerUnavailable = {
  title: 'خدمة تسجيل الدخول غير متاحة',
  text: 'تعذّر الاطلاع على حسابك الآن. حاول مجددًا بعد قليل.',
};
export const checkoutNotFound = {
  title: 'لم نجد عملية الدفع هذه',
  text: 'ربما تخص حسابًا غير الذي سجّلت الدخول به.',
};
export const unknownPlan = {
  title: 'هذه الباقة لم تعد متاحة',
  text: 'اختر إحدى الباقات الحالية من فضلك.',
};
export const noCustomer = {
  title: 'لا شيء لإدارته بعد',
  text: 'تُتاح صفحة الفواتير مع أول اشتراك لك.',
};
export const checkoutConflict = {
  title: 'طلبان في اللحظة نفسها',
  text: 'فُتحت لك عملية دفع أخرى في اللحظة نفسها. حاول مجددًا.',
};
export const chargeSettled = { title: 'لا شيء لدفعه هنا', text: 'هذه الدفعة مدفوعة أو في الطريق.' };
export const noAccess = { title: 'هذا للأعضاء', text: 'اختر باقة ويُفتح لك فورًا.' };
export const ourFault = 'حدث خطأ من جهتنا';
export const refused = 'لم ينجح ذلك';
export const inAMoment = 'حاول مجددًا بعد قليل.';
export const reference = (id: string): string => ` المرجع: ${id}`;
