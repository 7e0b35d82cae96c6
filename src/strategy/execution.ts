/** How signals become fills and money. Fractions: 0.001 = 0.1 %. */
export interface Execution {
  readonly fill: 'nextOpen' | 'close'; // signal at close of t fills at open[t+1], or at close[t]
  readonly onOpposite: 'reverse' | 'exit' | 'ignore';
  readonly atEnd: 'close' | 'mark';
  readonly commission: { readonly relative: number; readonly fixed: number }; // of traded value; account currency per fill
  readonly slippage: number; // fraction of the price, against the trader, on every fill
  readonly capital: number; // account currency at the first scored bar
  readonly sizing: { readonly kind: 'equity'; readonly fraction: number }; // fraction in (0, 1]; 1 is all equity
  readonly units: 'fractional' | 'whole';
}
