import type { Balances, Place } from './balances.ts';
import type { Offer } from './catalog.ts';
import { AMOUNT_DECIMALS, inRange, plain, QUANTITY_DECIMALS, ZERO, Exact } from './numbers.ts';
import type { Portion } from './portions.ts';
import type { Impact } from './results.ts';

/** Writes the impacts of one charge in the order of docs/rules.md section 7.7 and moves the balances with them. */
export class ImpactWriter {
  readonly impacts: Impact[] = [];
  /** Sum of the PRICE currency impacts. */
  gross: Exact = ZERO;
  /** Sum of all currency impacts. */
  amount: Exact = ZERO;
  readonly #balances: Balances;
  readonly #place: Place;
  readonly #offer: Offer;
  readonly #allowances: readonly string[];
  #overflow = false;

  constructor(balances: Balances, place: Place, offer: Offer, allowances: readonly string[]) {
    this.#balances = balances;
    this.#place = place;
    this.#offer = offer;
    this.#allowances = allowances;
  }

  /** Whether any number written does not fit. */
  overflow(): boolean {
    return this.#overflow || !inRange(this.gross, AMOUNT_DECIMALS) || !inRange(this.amount, AMOUNT_DECIMALS);
  }

  /** Quantity 0 that costs nothing. */
  free(): void {
    this.#currency('PRICE', 0, ZERO, ZERO);
  }

  portion(portion: Portion): void {
    const { tier, quantity, gross } = portion;
    this.#currency('PRICE', tier, quantity, gross);
    if (portion.kind === 'connectFee') return;
    if (portion.priceOf !== null) this.#consume(portion, portion.priceOf);
    for (const accumulator of this.#offer.accumulators) {
      this.#move('ACCUMULATOR', 'PRICE', accumulator, { tier, quantity, change: quantity });
    }
  }

  #consume({ tier, quantity, gross }: Portion, priceOf: (quantity: Exact) => Exact): void {
    let uncovered = quantity;
    let remaining = gross;
    for (const allowance of this.#allowances) {
      if (uncovered.isZero()) return;
      const consumed = Exact.min(uncovered, this.#balances.read('ALLOWANCE', this.#place, allowance));
      if (consumed.lte(0)) continue;
      uncovered = uncovered.minus(consumed);
      const offset = uncovered.isZero() ? remaining : Exact.min(priceOf(consumed), remaining);
      remaining = remaining.minus(offset);
      this.#move('ALLOWANCE', 'ALLOWANCE', allowance, { tier, quantity: consumed, change: consumed.neg() });
      this.#currency('ALLOWANCE', tier, consumed, offset.neg());
    }
  }

  #currency(offerType: Impact['offerType'], tier: number, quantity: Exact, amount: Exact): void {
    if (offerType === 'PRICE') this.gross = this.gross.plus(amount);
    this.amount = this.amount.plus(amount);
    this.#move('CURRENCY', offerType, this.#offer.currency, { tier, quantity, change: amount });
  }

  #move(
    kind: Impact['kind'],
    offerType: Impact['offerType'],
    resourceId: string,
    { tier, quantity, change }: { tier: number; quantity: Exact; change: Exact },
  ): void {
    const before = this.#balances.read(kind, this.#place, resourceId);
    const after = before.plus(change);
    const decimals = kind === 'CURRENCY' ? AMOUNT_DECIMALS : QUANTITY_DECIMALS;
    const numbersFit = [change, before, after].every((number) => inRange(number, decimals));
    if (!numbersFit || !inRange(quantity, QUANTITY_DECIMALS)) this.#overflow = true;
    this.#balances.write(kind, this.#place, resourceId, after);
    this.impacts.push({
      ...{ kind, offerType, resourceId, tier, quantity: plain(quantity) },
      amount: kind === 'CURRENCY' ? plain(change) : '0',
      ...{ balanceBefore: plain(before), balanceAfter: plain(after) },
    });
  }
}
