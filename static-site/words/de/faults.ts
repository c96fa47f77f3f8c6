/** What went wrong, and what helps. `backticks` set off what is to be typed. */
export const offline = {
  title: 'Du bist anscheinend offline',
  text: 'Wir konnten den Server nicht erreichen. Prüfe deine Verbindung und versuche es noch einmal.',
};
export const timeout = {
  title: 'Das dauert zu lange',
  text: 'Der Server hat nicht rechtzeitig geantwortet. Bitte versuche es noch einmal.',
};
export const signedOut = {
  title: 'Bitte melde dich an',
  text: 'Du wurdest abgemeldet. Melde dich an, dann geht es dort weiter, wo du warst.',
};
export const unauthorized = {
  title: 'Deine Anmeldung wurde nicht angenommen',
  text: 'Der Server hat sie abgelehnt. Bitte melde dich noch einmal an.',
};
export const signInFailed = {
  title: 'Du bist nicht angemeldet',
  text: 'Die Anmeldung hat nicht geklappt. Bitte versuche es noch einmal.',
};
export const signInCancelled = 'Du hast die Anmeldeseite verlassen, bevor du fertig warst.';
export const signInUnasked = 'Wir konnten dich hier nicht fertig anmelden. Bitte melde dich noch einmal an.';
export const signInPageMissing = 'Der Anmeldedienst hat keine Anmeldeseite.';
export const unexpected = {
  title: 'Etwas ist schiefgegangen',
  text: 'Wir haben eine unerwartete Antwort bekommen. Bitte versuche es gleich noch einmal.',
};
export const notConfigured = 'Noch nicht geöffnet';
export const stripeUnavailable = {
  title: 'Zahlungen sind gerade nicht erreichbar',
  text: 'Unser Zahlungspartner antwortet im Moment nicht. Es wurde nichts abgebucht. Bitte versuche es gleich noch einmal.',
};
export const providerUnavailable = {
  title: 'Die Anmeldung ist gerade nicht erreichbar',
  text: 'Wir konnten dein Konto eben nicht abfragen. Bitte versuche es gleich noch einmal.',
};
export const checkoutNotFound = {
  title: 'Diesen Kauf haben wir nicht gefunden',
  text: 'Vielleicht gehört er zu einem anderen Konto als dem, mit dem du angemeldet bist.',
};
export const unknownPlan = {
  title: 'Dieses Angebot gibt es nicht mehr',
  text: 'Bitte wähle eines der aktuellen Angebote.',
};
export const noCustomer = {
  title: 'Hier gibt es noch nichts zu verwalten',
  text: 'Die Abrechnung öffnet sich mit deinem ersten Abo.',
};
export const checkoutConflict = {
  title: 'Das war zu viel auf einmal',
  text: 'Im selben Moment hast du noch einen Kauf begonnen. Bitte versuche es noch einmal.',
};
export const chargeSettled = {
  title: 'Hier ist nichts zu bezahlen',
  text: 'Diese Zahlung ist erledigt oder unterwegs.',
};
export const noAccess = { title: 'Das ist für Mitglieder', text: 'Wähle ein Angebot, und es öffnet sich sofort.' };
export const ourFault = 'Bei uns ist etwas schiefgegangen';
export const refused = 'Das hat nicht geklappt';
export const inAMoment = 'Bitte versuche es gleich noch einmal.';
export const reference = (id: string): string => ` Kennung: ${id}`;
