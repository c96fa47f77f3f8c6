/** The front page, and the way back to it from sign-in. */
export const fetchingPlans = 'Angebote werden geladen …';
export const fetchingSubscription = 'Dein Abo wird geladen …';
export const heroTitle = 'Gute Lektüre, und ein ruhiger Platz dafür';
export const heroText =
  'Eine Bibliothek für Mitglieder, jede Woche mit etwas Neuem. Wähle, wie du dabei sein möchtest; kündigen kannst du jederzeit.';
export const welcomeBack = 'Willkommen zurück';
export const plans = 'Angebote';
export const changePlan = 'Angebot wechseln';
export const noPlansTitle = 'Noch keine Angebote';
export const noPlansText = 'Im Moment gibt es nichts zu abonnieren. Bitte schau später wieder vorbei.';
export const alreadySubscribed = 'Du hast bereits ein Abo.';
export const signingInTitle = 'Anmeldung';
export const signingIn = 'Du wirst angemeldet …';
