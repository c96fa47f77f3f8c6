/** Above every view: who is signed in, and that no money moves. */
export const signedIn = 'Signed in';
/** Before the address, for a screen reader. */
export const signedInAs = 'Signed in as ';
export const signingIn = 'Signing in…';
export const signOut = 'Sign out';
export const signingOut = 'Signing out…';
export const testModeBefore = 'Test mode: no money moves. Try card ';
export const testModeAfter = '.';
