/** What scripts that come later have from main.js, which has come by then. They import nothing else of it. */
export { Fault } from './faults.ts';
