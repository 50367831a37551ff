import type { AcceptedLine } from './api.ts';
import { scaled, unscaled } from './decimal-text.ts';
import { openJournal } from './journal.ts';
import type { JournalEntry } from './journal.ts';
import type { CheckedLine } from './line-check.ts';

const AMOUNT_DECIMALS = 2;

/** What the book holds in all. Amounts are decimal text. */
export interface BookSummary {
  lines: number;
  amount: string;
  accounts: number;
  /** Lines whose client_record_id an earlier line has too: charged twice. */
  repeatedLines: number;
  repeatedAmount: string;
  receipts: number;
}

/** Everything that billing has accepted. It never asks whether it has seen a client_record_id before. */
export interface ChargeBook {
  /** Resolves when the lines are durable. An empty list still uses up the receipt id. */
  accept(receipt: string | null, lines: readonly CheckedLine[]): Promise<AcceptedLine[]>;
  hasReceipt(receipt: string): boolean;
  lines(): readonly AcceptedLine[];
  summary(): BookSummary;
  close(): Promise<void>;
}

export async function openChargeBook(journalPath: string): Promise<ChargeBook> {
  const { journal, entries } = await openJournal(journalPath);
  const lines: AcceptedLine[] = [];
  const receipts = new Set<string>();
  const recordIds = new Set<string>();
  const accounts = new Set<string>();
  const repeated = { lines: 0, amount: 0n };
  let amount = 0n;
  let nextNumber = 1;

  function apply(entry: JournalEntry): void {
    for (const line of entry.lines) {
      const charged = line.amt === null ? 0n : scaled(line.amt, AMOUNT_DECIMALS);
      lines.push(line);
      amount += charged;
      accounts.add(line.client_acct_id ?? `plan/${line.client_plan_instance_id ?? ''}`);
      if (line.client_record_id === null) continue;
      if (recordIds.has(line.client_record_id)) {
        repeated.lines++;
        repeated.amount += charged;
      }
      recordIds.add(line.client_record_id);
    }
  }

  for (const entry of entries) {
    if (entry.receipt !== null) receipts.add(entry.receipt);
    nextNumber += entry.lines.length;
    apply(entry);
  }

  return {
    async accept(receipt, checked) {
      if (receipt !== null) receipts.add(receipt);
      const entry: JournalEntry = {
        receipt,
        lines: checked.map((line) => ({ usage_rec_no: nextNumber++, client_receipt_id: receipt, ...line })),
      };
      try {
        await journal.append(entry);
      } catch (error) {
        if (receipt !== null) receipts.delete(receipt);
        throw error;
      }
      apply(entry);
      return entry.lines;
    },
    hasReceipt: (receipt) => receipts.has(receipt),
    lines: () => lines,
    summary: () => ({
      lines: lines.length,
      amount: unscaled(amount, AMOUNT_DECIMALS),
      accounts: accounts.size,
      repeatedLines: repeated.lines,
      repeatedAmount: unscaled(repeated.amount, AMOUNT_DECIMALS),
      receipts: receipts.size,
    }),
    close: () => journal.close(),
  };
}
