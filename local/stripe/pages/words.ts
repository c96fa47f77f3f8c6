/** One of the API's words as people read it: `past_due` is "Past due". */
export const readable = (word: string): string =>
  word.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
