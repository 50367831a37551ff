import { plain, ZERO, Exact } from './numbers.ts';
import type { RatedCharge } from './rate.ts';
import type { BillingLineResult, FileResult, RecordOutcome, Totals } from './results.ts';

/** Adds up everything that the conservation equations name (docs/rules.md section 9). */
export class Tally {
  readonly #totals: Omit<Totals, 'gross' | 'amount' | 'billingLines' | 'billedAmount'> = {
    files: { accepted: 0, rejected: 0, duplicate: 0 },
    ...{ lines: 0, headers: 0, trailers: 0, empty: 0, details: 0, detailsNotLoaded: 0 },
    outcomes: { rated: 0, error: 0, ignored: 0, suspended: 0, duplicate: 0 },
    codes: {},
    charges: 0,
  };
  #gross = ZERO;
  #amount = ZERO;

  file(file: FileResult): void {
    const totals = this.#totals;
    if (file.status === 'ACCEPTED') {
      totals.files.accepted++;
      totals.details += file.details;
    } else {
      totals.files[file.status === 'DUPLICATE' ? 'duplicate' : 'rejected']++;
      totals.detailsNotLoaded += file.details;
    }
    totals.lines += file.lines;
    totals.headers += file.headers;
    totals.trailers += file.trailers;
    totals.empty += file.empty;
  }

  record({ outcome, code }: RecordOutcome, charges: readonly RatedCharge[]): void {
    this.#totals.outcomes[outcome]++;
    if (code !== '') {
      const key = `${outcome} ${code}`;
      this.#totals.codes[key] = (this.#totals.codes[key] ?? 0) + 1;
    }
    this.#totals.charges += charges.length;
    for (const { gross, amount } of charges) {
      this.#gross = this.#gross.plus(gross);
      this.#amount = this.#amount.plus(amount);
    }
  }

  results(lines: readonly BillingLineResult[]): Totals {
    let billed = ZERO;
    for (const line of lines) billed = billed.plus(new Exact(line.billedAmount));
    return {
      ...this.#totals,
      ...{ gross: plain(this.#gross), amount: plain(this.#amount) },
      ...{ billingLines: lines.length, billedAmount: plain(billed) },
    };
  }
}
