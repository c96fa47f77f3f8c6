/** Above every view: who is signed in, and that no money moves. */
export const signedIn = 'Angemeldet';
export const signedInAs = 'Angemeldet als ';
export const signingIn = 'Anmeldung …';
export const signOut = 'Abmelden';
export const signingOut = 'Abmeldung …';
export const testModeBefore = 'Testmodus: Es fließt kein Geld. Probiere die Karte ';
export const testModeAfter = '.';
