/** Beside the subscription: a card for later, and what is charged to it. */
export const payments = 'Zahlungen';
export const fetching = 'Zahlungen werden geladen …';
export const saveCard = 'Karte für später speichern';
export const paymentDue = 'Eine Zahlung ist offen';
export const nothingDue = 'Nichts ist offen';
export const onlyWhatWeTellYou =
  'Von einer gespeicherten Karte buchen wir nur ab, was wir dir ankündigen. Dein Abo behält seine eigene.';
export const notFinished = 'Dieser Kauf ist nicht abgeschlossen';
export const cardSaved = 'Deine Karte ist gespeichert';
export const thankYou = 'Danke, deine Zahlung ist durchgegangen';
export const declined = ': Deine Karte wurde abgelehnt.';
export const toConfirm = ': Deine Bank bittet dich, die Zahlung zu bestätigen.';
export const pay = (amount: string): string => `Jetzt ${amount} bezahlen`;

export const paid = 'Bezahlt';
export const due = 'Offen';
export const underWay = 'In Arbeit';
