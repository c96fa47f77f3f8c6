/** To Checkout, and back from it. */
export const checkout = 'Kasse';
export const takingYou = 'Weiter zur Kasse …';
export const confirmingTitle = 'Bestätigung';
export const confirming = 'Dein Abo wird mit Stripe bestätigt …';
export const stillConfirming = 'Die Bestätigung läuft noch. Das dauert meist nur ein paar Sekunden.';
export const subscribedTitle = 'Abonniert';
export const subscribed = 'Geschafft, dein Abo läuft!';
export const startReading = 'Jetzt lesen';
export const onItsWay = {
  title: 'Deine Zahlung ist unterwegs',
  text: 'Deine Bank braucht eine Weile, um diese Art der Zahlung zu bestätigen. Dein Zugang öffnet sich von selbst, sobald das Geld da ist; du musst nichts weiter tun.',
};
export const takingLong = {
  title: 'Das dauert länger als sonst',
  text: 'Deine Zahlung ist durchgegangen, du musst nicht noch einmal zahlen. Wir warten noch auf die Bestätigung.',
};
export const notFinished = {
  title: 'Dieser Kauf ist nicht abgeschlossen',
  text: 'Es wurde nichts abgebucht. Du kannst dein Angebot noch einmal wählen.',
};
export const expired = {
  title: 'Dieser Kauf ist abgelaufen',
  text: 'Es wurde nichts abgebucht. Wähle dein Angebot noch einmal, um neu zu beginnen.',
};
export const cancelledTitle = 'Kauf abgebrochen';
export const cancelled = 'Du hast den Kauf abgebrochen.';
export const nothingCharged = 'Es wurde nichts abgebucht. Die Angebote sind noch da, wenn du sie möchtest.';
