/** The visitor's subscription: its status, what happens next, and the ways to change it. */
export const yourSubscription = 'Dein Abo';
export const yourPlan = 'Dein Angebot';
export const updateCard = 'Karte ändern';
export const addCard = 'Karte hinterlegen';
export const billing = 'Abrechnung und Rechnungen';
export const manage = 'Abo verwalten';
export const keep = 'Abo behalten';
export const changePlan = 'Angebot wechseln';
export const cancel = 'Kündigen';
export const openingBilling = 'Abrechnung wird geöffnet …';

export const active = 'Aktiv';
export const paymentsPaused = 'Zahlungen pausiert';
export const freeTrial = 'Kostenlose Testphase';
export const ending = 'Läuft aus';
export const paymentDue = 'Zahlung offen';
export const unpaid = 'Nicht bezahlt';
export const paused = 'Pausiert';
export const notConfirmed = 'Nicht bestätigt';
export const notStarted = 'Nicht begonnen';
export const ended = 'Beendet';
export const unknown = 'Unbekannt';

export const renews = (date: string, amount: string): string =>
  `Verlängert sich am ${date}${amount && ` für ${amount}`}.`;
export const renewsAutomatically = 'Verlängert sich automatisch.';
export const trial = (end: string | null, price: string): string =>
  `Testphase${end ? ` bis ${end}` : ''}${price && `, danach ${price}`}.`;
export const trialWithoutCard = 'Hinterlege vorher eine Karte, damit es danach weitergeht.';
export const endsOn = (date: string | null): string =>
  `${date ? `Endet am ${date}` : 'Endet bald'}. Bis dahin behältst du deinen Zugang, und es wird nichts mehr abgebucht.`;
export const inGrace = (date: string | null): string =>
  `Deine letzte Zahlung ist nicht durchgegangen. Bezahle sie oder ändere deine Karte ${date ? `bis ${date}` : 'bald'}, um deinen Zugang zu behalten.`;
export const pastDue =
  'Deine letzte Zahlung ist nicht durchgegangen. Bezahle sie oder ändere deine Karte, um wieder Zugang zu bekommen.';
export const severalUnpaid =
  'Mehrere Zahlungen sind nicht durchgegangen. Bezahle, was offen ist, um wieder Zugang zu bekommen.';
export const paymentsPausedUntil = (date: string | null): string =>
  `Die Zahlungen sind ${date ? `bis ${date}` : 'vorerst'} pausiert. Du behältst deinen Zugang.`;
export const pausedWithCard = 'Dein Abo ist pausiert. Bis es weitergeht, wird nichts abgebucht.';
export const pausedWithoutCard =
  'Deine Testphase endete ohne Karte. Es wurde nichts abgebucht; hinterlege eine Karte, und dein Abo beginnt sofort.';
export const incomplete = 'Die erste Zahlung ist noch nicht bestätigt.';
export const incompleteExpired = 'Die erste Zahlung kam nicht rechtzeitig, deshalb hat das Abo nie begonnen.';
export const unknownState = 'Den Stand deines Abos konnten wir nicht ermitteln. Die Abrechnung kennt die Einzelheiten.';

export const endedBecause = {
  payment_failed: ', weil es nicht bezahlt wurde',
  payment_disputed: ', weil eine Zahlung angefochten wurde',
  cancellation_requested: ', weil es gekündigt wurde',
};
export const endedOn = (date: string | null, because: string): string =>
  `${date ? `Beendet am ${date}` : 'Dein Abo ist beendet'}${because}. Du bist jederzeit wieder willkommen.`;

export const checkingForChanges = 'Änderungen werden geprüft …';
export const updated = 'Gerade aktualisiert.';
export const changed = (sentence: string): string => `Dein Abo hat sich geändert. ${sentence}`;
export const noChanges = 'Bisher keine Änderungen.';
export const madeOne = 'Gerade etwas geändert? Bis es hier steht, kann es eine Minute dauern.';
