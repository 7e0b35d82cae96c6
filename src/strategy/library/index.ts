import bollingerReversion from './bollinger-reversion.txt?raw';
import buyHold from './buy-hold.txt?raw';
import donchian from './donchian.txt?raw';
import maCross from './ma-cross.txt?raw';
import rsiReversion from './rsi-reversion.txt?raw';

/** A strategy that comes with the program: a text of the language like any other. Its name stands in links and stays. */
export interface BuiltIn {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

export const BUILT_INS: readonly BuiltIn[] = [
  {
    name: 'ma-cross',
    title: 'Moving-average crossover',
    summary: 'Long while a fast average is above a slow one.',
    text: maCross.trimEnd(),
  },
  {
    name: 'donchian',
    title: 'Donchian breakout',
    summary: 'Enters beyond the range of the last bars, leaves beyond a shorter one on the other side.',
    text: donchian.trimEnd(),
  },
  {
    name: 'rsi-reversion',
    title: 'RSI reversion',
    summary: 'Buys when the relative strength index comes back from a low, sells once it has recovered.',
    text: rsiReversion.trimEnd(),
  },
  {
    name: 'bollinger-reversion',
    title: 'Bollinger reversion',
    summary: 'Trades a close outside the bands back to their middle, long and short.',
    text: bollingerReversion.trimEnd(),
  },
  {
    name: 'buy-hold',
    title: 'Buy and hold',
    summary: 'Enters at the first bar that counts and stays: one backtest to measure others by.',
    text: buyHold.trimEnd(),
  },
];
