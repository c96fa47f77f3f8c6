import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** Something that costs money or sleep when nobody looks, and by which number it shows. */
export interface Watch {
  /** Words run together: part of the alarm's name, and with hyphens the anchor of its article in docs/runbook.md. */
  readonly name: string;
  /** What is at stake, in a sentence or two for somebody who was woken up. */
  readonly stake: string;
  /** With its statistic and its period. */
  readonly metric: IMetric;
  /** From this on it is too much. */
  readonly atLeast: number;
  /** In so many periods, one after the other. @default 1 */
  readonly periods?: number;
}

/** `WebhookFailing` is the article `webhook-failing`. */
export const articleOf = (name: string): string =>
  name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
