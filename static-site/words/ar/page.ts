/** What stands on more than one view. */
export const tryAgain = 'حاول مجددًا';
export const tryingAgain = 'جارٍ إعادة المحاولة…';
export const checkAgain = 'تحقق مجددًا';
export const checking = 'جارٍ التحقق…';
export const signIn = 'تسجيل الدخول';
export const goingToSignIn = 'جارٍ الانتقال إلى تسجيل الدخول…';
export const backToPlans = 'العودة إلى الباقات';
export const openingCheckout = 'جارٍ فتح صفحة الدفع…';
export const oneMoment = 'لحظة من فضلك…';
