/** Above every view: who is signed in, and that no money moves. */
export const signedIn = 'تم تسجيل الدخول';
export const signedInAs = 'مسجّل الدخول باسم ';
export const signingIn = 'جارٍ تسجيل الدخول…';
export const signOut = 'تسجيل الخروج';
export const signingOut = 'جارٍ تسجيل الخروج…';
export const testModeBefore = 'وضع الاختبار: لا يُدفع أي مال. جرّب البطاقة ';
export const testModeAfter = '.';
