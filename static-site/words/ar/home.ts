/** The front page, and the way back to it from sign-in. */
export const fetchingPlans = 'جارٍ تحميل الباقات…';
export const fetchingSubscription = 'جارٍ تحميل اشتراكك…';
export const heroTitle = 'قراءة ممتعة، ومكان هادئ لها';
export const heroText = 'مكتبة للأعضاء فيها جديدٌ كل أسبوع. اختر طريقة انضمامك، وألغِ متى شئت.';
export const welcomeBack = 'أهلًا بعودتك';
export const plans = 'الباقات';
export const changePlan = 'غيّر باقتك';
export const noPlansTitle = 'لا باقات بعد';
export const noPlansText = 'لا يوجد ما يمكن الاشتراك فيه الآن. عُد لاحقًا من فضلك.';
export const alreadySubscribed = 'لديك اشتراك بالفعل.';
export const signingInTitle = 'تسجيل الدخول';
export const signingIn = 'جارٍ تسجيل دخولك…';
