const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** `23 Nov 2026`. @param at whole seconds */
export const dateOf = (at: number): string => DATE.format(new Date(at * 1000));

/** `23 Nov 2026, 12:00:00`, in UTC. @param at whole seconds */
export const timeOf = (at: number): string => TIME.format(new Date(at * 1000));

/** For machines: `2026-11-23T12:00:00Z`. @param at whole seconds */
export const isoOf = (at: number): string => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
