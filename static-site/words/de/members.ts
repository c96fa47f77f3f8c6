/** What only subscribers get to read. */
export const forMembers = 'Für Mitglieder';
export const fetching = 'Artikel werden geladen …';
export const failed = 'Deine Artikel konnten nicht geladen werden';
export const files = 'Zum Lesen und Behalten';
export const teaserTitle = 'Hinter der Tür';
export const teaser = 'Mitglieder lesen hier jeden Artikel.';
export const opensWithPlan = 'Wähle ein Angebot, und sie öffnen sich sofort.';
export const opensAgain = 'Sobald dein Abo wieder aktiv ist, öffnen sie sich.';
