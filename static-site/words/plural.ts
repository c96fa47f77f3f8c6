/** The form that a language has for so many: English has two, Arabic six. Source: https://cldr.unicode.org/index/cldr-spec/plural-rules */
export const plural = (language: string, count: number, forms: Forms): string =>
  forms[new Intl.PluralRules(language).select(count)] ?? forms.other;

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };
