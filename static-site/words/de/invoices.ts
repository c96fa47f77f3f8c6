/** The visitor's invoices. */
export const invoices = 'Rechnungen';
export const fetching = 'Rechnungen werden geladen …';
export const failed = 'Deine Rechnungen konnten nicht geladen werden';
export const onItsWay = (amount: string): string =>
  `Deine Zahlung über ${amount} ist unterwegs. Deine Bank braucht dafür ein paar Tage.`;
export const toConfirm = (amount: string): string =>
  `Deine Bank bittet dich, eine Zahlung über ${amount} zu bestätigen.`;
export const isDue = (amount: string): string => `${amount} sind offen.`;
export const weTryAgain = (date: string): string => `Am ${date} versuchen wir es noch einmal mit deiner Karte.`;
export const confirm = 'Zahlung bestätigen';
export const pay = (amount: string): string => `Jetzt ${amount} bezahlen`;
export const showMore = 'Mehr anzeigen';
export const fetchingMore = 'Weitere werden geladen …';
export const pdf = 'PDF';
export const view = 'Ansehen';
export const pdfOf = (number: string): string => `PDF der Rechnung ${number}`;
export const viewOf = (number: string): string => `Ansehen: Rechnung ${number}`;
export const refundedPartly = (amount: string): string => `${amount} erstattet`;

export const disputed = 'Angefochten';
export const refunded = 'Erstattet';
export const paid = 'Bezahlt';
export const processing = 'Unterwegs';
export const due = 'Offen';
export const uncollectible = 'Nicht bezahlt';
export const voided = 'Storniert';
