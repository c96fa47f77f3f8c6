/** What scripts that come later have from main.js, which has come by then. They import nothing else of it. */
export { actionButton } from './action.ts';
export { el, focusOn, linkButton } from './dom.ts';
export { asFault, Fault, isPassing, wordsFor } from './faults.ts';
export { ghost, unseen } from './ghosts.ts';
export { faultParts, signedIn, waiting } from './page.ts';
export { isLive } from './plans.ts';
export { hero, notice, offer, plansOr } from './views/front.ts';
export { plansSection } from './views/plans.ts';
export { teaserSection } from './views/teaser.ts';
