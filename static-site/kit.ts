/** What scripts that come later have from main.js, which has come by then. They import nothing else of it. */
export { actionButton } from './action.ts';
export { el, focusOn, linkButton } from './dom.ts';
export { asFault, Fault, isPassing } from './faults.ts';
export { faultParts, signedIn, waiting } from './page.ts';
export { describe } from './status.ts';
