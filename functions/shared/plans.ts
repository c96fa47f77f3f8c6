import plansFile from '../../plans.json' with { type: 'json' };
import { parsePlans } from '../../billing/plans.ts';

/** The plans file, bundled with the function and checked when it starts. */
export const plans = parsePlans(plansFile);
