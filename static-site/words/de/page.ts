/** What stands on more than one view. */
export const tryAgain = 'Noch einmal versuchen';
export const tryingAgain = 'Neuer Versuch …';
export const checkAgain = 'Noch einmal prüfen';
export const checking = 'Wird geprüft …';
export const signIn = 'Anmelden';
export const goingToSignIn = 'Zur Anmeldung …';
export const backToPlans = 'Zurück zu den Angeboten';
export const openingCheckout = 'Kasse wird geöffnet …';
export const oneMoment = 'Einen Moment …';
