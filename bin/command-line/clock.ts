/** Seconds since 1970, by this machine's clock. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
