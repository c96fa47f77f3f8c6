/** Seconds since 1970, by this machine's clock. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** Seconds since 1970 as people read them: `2026-11-23 07:30:00 UTC`. */
export const inUtc = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
