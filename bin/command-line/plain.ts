/** Control characters but line feed and tab, and those that turn the direction of writing round. */
const OBEYED = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * Text as it can be shown on a terminal, whoever wrote it: what the terminal would obey, rather than show, is written out as
 * `\u001b`. Within JSON that is the same text. Else a customer could clear the operator's screen, or show there what is not so.
 */
export const plain = (text: string): string =>
  text.replaceAll(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
