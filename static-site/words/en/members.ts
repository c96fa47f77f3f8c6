/** What only subscribers get to read. */
export const forMembers = 'For members';
export const fetching = 'Fetching your articles…';
export const failed = 'Your articles could not be fetched';
export const files = 'To read and to keep';
export const teaserTitle = 'Behind the door';
export const teaser = 'Members read every article here.';
export const opensWithPlan = 'Choose a plan and they open at once.';
export const opensAgain = 'They open again once your subscription is active.';
