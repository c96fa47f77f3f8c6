import type Stripe from 'stripe';
import { formatDate, formatMoney } from '../life/money.ts';
import { readable } from './words.ts';

/** An A4 page in points, and where text begins on it. */
const PAGE = { width: 595, height: 842, left: 56, top: 780 } as const;
const LEADING = 18;
/** More lines than this would leave the page; the last one then says so. */
const MOST_LINES = 36;

/** A PDF's text is bytes of its own encoding, which is Latin-1 as far as is needed here; anything else becomes "?". */
const escaped = (text: string): string =>
  text
    .replaceAll(/[()\\]/g, String.raw`\$&`)
    .replaceAll(/[\u00a0-\u00ff]/g, (character) => `\\${character.charCodeAt(0).toString(8)}`)
    .replaceAll(/[^ -~]/g, '?');

function linesOf(invoice: Stripe.Invoice): string[] {
  const money = (amount: number): string => formatMoney(amount, invoice.currency);
  const lines = invoice.lines.data.map((line) => `${line.description ?? ''}: ${money(line.amount)}`);
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '...'] : lines;
  return [
    `Invoice ${invoice.number ?? ''}`,
    `Date: ${formatDate(invoice.effective_at ?? invoice.created)}`,
    `For: ${invoice.customer_email ?? ''}`,
    `Status: ${readable(invoice.status ?? '')}`,
    '',
    ...shown,
    '',
    `Total: ${money(invoice.total)}`,
    `Paid: ${money(invoice.amount_paid)}`,
    'Made by the Stripe simulator: no money moves.',
  ];
}

/** A PDF file: its objects, where each begins, and where that table begins (ISO 32000-1, 7.5). ASCII only. */
function fileOf(objects: readonly string[]): string {
  const start = '%PDF-1.4\n';
  const numbered = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  const offsets = numbered.map((_, index) => start.length + numbered.slice(0, index).join('').length);
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const body = start + numbered.join('');
  const size = objects.length + 1;
  return `${body}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
}

/** An invoice as a file: one page of plain lines. */
export function invoicePdf(invoice: Stripe.Invoice): string {
  const text = linesOf(invoice).map((line) => `(${escaped(line)}) Tj T*`);
  const content = `BT /F1 11 Tf ${LEADING} TL ${PAGE.left} ${PAGE.top} Td\n${text.join('\n')}\nET`;
  return fileOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]);
}
