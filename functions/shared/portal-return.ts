/** Where Stripe's portal leads back to. The mark tells the page that the record may be a moment behind. */
export const portalReturn = (siteUrl: string): string => `${siteUrl}/?portal=returned`;
