/** What only subscribers get to read. */
export const forMembers = 'للأعضاء';
export const fetching = 'جارٍ تحميل مقالاتك…';
export const failed = 'تعذّر تحميل مقالاتك';
export const files = 'للقراءة والاحتفاظ';
export const teaserTitle = 'خلف الباب';
export const teaser = 'يقرأ الأعضاء كل المقالات هنا.';
export const opensWithPlan = 'اختر باقة وتُفتح لك فورًا.';
export const opensAgain = 'تُفتح لك مجددًا حين ينشط اشتراكك.';
