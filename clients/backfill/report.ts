interface Names {
  readonly subscriptionId: string;
  readonly customerId: string;
}

/** What became, or would become, of one subscription. */
export type Import = Names &
  (
    | { readonly kind: 'imported'; readonly userId: string }
    | { readonly kind: 'already' }
    | { readonly kind: 'unmapped' }
    | { readonly kind: 'conflict'; readonly why: string }
    | { readonly kind: 'failed'; readonly cause: string }
  );

export interface BackfillReport {
  readonly seen: number;
  /** Written now; or what would be written, when nothing was to be. */
  readonly imported: number;
  /** There already, whoever brought it. */
  readonly already: number;
  /** Nobody says whose they are. */
  readonly unmapped: number;
  readonly conflicts: number;
  readonly failed: number;
  /** Interrupted: the rest was not looked at. */
  readonly stopped: boolean;
}

export const NOTHING: BackfillReport = {
  seen: 0,
  imported: 0,
  already: 0,
  unmapped: 0,
  conflicts: 0,
  failed: 0,
  stopped: false,
};

export function counted(report: BackfillReport, { kind }: Import): BackfillReport {
  const field = kind === 'conflict' ? 'conflicts' : kind;
  return { ...report, seen: report.seen + 1, [field]: report[field] + 1 };
}
