import adxTrend from './adx-trend.txt?raw';
import bigBar from './big-bar.txt?raw';
import bollingerBreakout from './bollinger-breakout.txt?raw';
import bollingerReversion from './bollinger-reversion.txt?raw';
import buyHold from './buy-hold.txt?raw';
import donchian from './donchian.txt?raw';
import ichimoku from './ichimoku.txt?raw';
import keltnerBreakout from './keltner-breakout.txt?raw';
import maBand from './ma-band.txt?raw';
import maCross from './ma-cross.txt?raw';
import macd from './macd.txt?raw';
import momentum from './momentum.txt?raw';
import openingRange from './opening-range.txt?raw';
import parabolicSar from './parabolic-sar.txt?raw';
import pullback from './pullback.txt?raw';
import randomEntry from './random-entry.txt?raw';
import rsiReversion from './rsi-reversion.txt?raw';
import rsi2Trend from './rsi2-trend.txt?raw';
import seasonality from './seasonality.txt?raw';
import steadyRisk from './steady-risk.txt?raw';
import stochastic from './stochastic.txt?raw';
import supertrend from './supertrend.txt?raw';
import tripleMa from './triple-ma.txt?raw';
import turtle from './turtle.txt?raw';
import zscoreReversion from './zscore-reversion.txt?raw';

/** A strategy that comes with the program: a text of the language like any other. Its name stands in links and stays. */
export interface BuiltIn {
  readonly name: string;
  readonly title: string;
  readonly kind: keyof typeof KINDS;
  readonly text: string;
}

/** Kinds of ideas. */
export const KINDS = {
  trend: 'Trend',
  breakout: 'Breakout',
  reversion: 'Reversion',
  calendar: 'Calendar',
  baseline: 'Baseline',
} as const;

function builtIn(name: string, title: string, kind: BuiltIn['kind'], text: string): BuiltIn {
  return { name, title, kind, text: text.trimEnd() };
}

/** Kind by kind; the first is what the page begins with. `notes.ts` says what each does. */
export const BUILT_INS: readonly BuiltIn[] = [
  builtIn('ma-cross', 'Moving-average crossover', 'trend', maCross),
  builtIn('triple-ma', 'Three averages in order', 'trend', tripleMa),
  builtIn('ma-band', 'Price against a band', 'trend', maBand),
  builtIn('macd', 'MACD', 'trend', macd),
  builtIn('supertrend', 'Supertrend', 'trend', supertrend),
  builtIn('parabolic-sar', 'Parabolic stop and reverse', 'trend', parabolicSar),
  builtIn('adx-trend', 'Strong trends only', 'trend', adxTrend),
  builtIn('ichimoku', 'Ichimoku', 'trend', ichimoku),
  builtIn('momentum', 'Time-series momentum', 'trend', momentum),
  builtIn('steady-risk', 'Trend with steady risk', 'trend', steadyRisk),
  builtIn('donchian', 'Donchian breakout', 'breakout', donchian),
  builtIn('turtle', 'Turtle with a stop', 'breakout', turtle),
  builtIn('bollinger-breakout', 'Bollinger breakout', 'breakout', bollingerBreakout),
  builtIn('keltner-breakout', 'Keltner breakout', 'breakout', keltnerBreakout),
  builtIn('opening-range', 'Opening-range breakout', 'breakout', openingRange),
  builtIn('big-bar', 'Big-bar follow-through', 'breakout', bigBar),
  builtIn('rsi-reversion', 'RSI reversion', 'reversion', rsiReversion),
  builtIn('rsi2-trend', 'RSI-2 with a trend filter', 'reversion', rsi2Trend),
  builtIn('bollinger-reversion', 'Bollinger reversion', 'reversion', bollingerReversion),
  builtIn('zscore-reversion', 'Z-score reversion', 'reversion', zscoreReversion),
  builtIn('stochastic', 'Stochastic', 'reversion', stochastic),
  builtIn('pullback', 'Pullback in a trend', 'reversion', pullback),
  builtIn('seasonality', 'Hours and days', 'calendar', seasonality),
  builtIn('buy-hold', 'Buy and hold', 'baseline', buyHold),
  builtIn('random-entry', 'Random entries', 'baseline', randomEntry),
];
