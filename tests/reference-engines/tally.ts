/** What was compared of one file, and how near it came. */
export class Tally {
  runs = 0;
  trades = 0;
  skipped = 0; // runs, or rows of a grid, too near to a tie
  leftOutTrades = 0; // by a rule of left-out.ts
  readonly mismatches: string[] = [];
  readonly worst = { price: 0, money: 0, metric: 0 };

  /** Whether the two are the same number of things. */
  same(what: string, actual: unknown, expected: unknown): boolean {
    const equal = JSON.stringify(actual) === JSON.stringify(expected);
    if (!equal) this.mismatches.push(`${what}: ${JSON.stringify(actual)}, there ${JSON.stringify(expected)}`);
    return equal;
  }

  /** Prices agree to 1e-12. */
  price(what: string, actual: number, expected: number): void {
    this.#near('price', what, actual, expected, 1e-12 * Math.abs(expected), Math.abs(expected));
  }

  /** Money is printed there with 13 digits of a multiple of the account: 1e-8 and 1e-9 of the amount. */
  money(what: string, actual: number, expected: number): void {
    this.#near('money', what, actual, expected, 1e-8 + 1e-9 * Math.abs(expected), Math.max(1, Math.abs(expected)));
  }

  /** Metrics agree to 1e-9, absolutely below 1. Where the other program has none, nothing is said. */
  metric(what: string, actual: number, expected: number | null | undefined): void {
    if (expected === null || expected === undefined) return;
    const scale = Math.max(1, Math.abs(expected));
    this.#near('metric', what, actual, expected, 1e-9 * scale, scale);
  }

  #near(kind: keyof Tally['worst'], what: string, actual: number, expected: number, tolerance: number, scale: number): void {
    const difference = Math.abs(actual - expected);
    if (!(difference <= tolerance)) this.mismatches.push(`${what}: ${actual}, there ${expected}`);
    else this.worst[kind] = Math.max(this.worst[kind], difference / scale);
  }

  line(name: string): string {
    const { price, money, metric } = this.worst;
    const parts = [
      `${name}: ${this.runs} runs`,
      `${this.trades} trades`,
      `${this.mismatches.length} mismatches`,
      `worst price ${price.toExponential(1)}, money ${money.toExponential(1)}, metric ${metric.toExponential(1)}`,
    ];
    if (this.skipped > 0) parts.push(`${this.skipped} fragile skipped`);
    if (this.leftOutTrades > 0) parts.push(`${this.leftOutTrades} trades left out`);
    return parts.join(', ');
  }
}
