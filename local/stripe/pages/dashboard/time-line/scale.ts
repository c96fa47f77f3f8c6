/** What a time line shows, in whole seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface Tick {
  readonly at: number;
  readonly label: string;
  /** The first of a year, or of a month where days are told. */
  readonly strong: boolean;
}

const DAY = 24 * 60 * 60;
const MONTH = 30 * DAY;
/** Room at both ends for the half of a mark, in percent. */
const EDGE = 2;

/** Where a time stands, in percent of the width. */
export const placeIn =
  ({ from, to }: Span) =>
  (at: number): number =>
    EDGE + ((100 - 2 * EDGE) * (Math.min(Math.max(at, from), to) - from)) / (to - from);

/** The widths that the style knows, in pixels: an attribute cannot say "at least". */
export const LEAST_WIDTHS = Array.from({ length: 15 }, (_, index) => (index + 1) * 400);
const PIXELS_A_MONTH = 28;

/** How wide it has to be drawn, in pixels, to be read; null when any width will do, a phone's too. */
export function leastWidth({ from, to }: Span): number | null {
  const months = (to - from) / MONTH;
  if (months <= 13) return null;
  return LEAST_WIDTHS.find((width) => width >= months * PIXELS_A_MONTH) ?? LEAST_WIDTHS.at(-1) ?? null;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function monthTick(year: number, month: number): Tick {
  const label = month === 0 ? String(year) : (MONTHS[month] ?? '');
  return { at: Date.UTC(year, month) / 1000, label, strong: month === 0 };
}

/** The firsts of the months; of those of Januaries only, when there are years of them. */
function monthTicks({ from, to }: Span): Tick[] {
  const first = new Date(from * 1000);
  const count = Math.ceil((to - from) / (28 * DAY)) + 1;
  const ticks = Array.from({ length: count }, (_, index) => {
    const month = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1 + index));
    return monthTick(month.getUTCFullYear(), month.getUTCMonth());
  });
  const years = count > 60;
  return ticks.filter(({ at, strong }) => at < to && (strong || !years));
}

function weekTicks({ from, to }: Span): Tick[] {
  const midnight = from - (from % DAY);
  return Array.from({ length: Math.ceil((to - midnight) / (7 * DAY)) }, (_, index) => {
    const at = midnight + index * 7 * DAY;
    const date = new Date(at * 1000);
    return { at, label: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`, strong: false };
  }).filter(({ at }) => at >= from);
}

/** What the line is marked with: weeks while there are few of them, then months, then years. Times are UTC's. */
export const ticksOf = (span: Span): Tick[] => (span.to - span.from <= 70 * DAY ? weekTicks(span) : monthTicks(span));
