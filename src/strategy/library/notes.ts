/** What people read about a built-in strategy; apart from the texts, so that the page loads it only where somebody reads it. */
export interface BuiltInNote {
  /** Two sentences. */
  readonly about: string;
  /** Who had the idea. */
  readonly source: string;
  /** Further words to find it by. */
  readonly keywords: string;
}

/** By name; every built-in has one. */
export const BUILT_IN_NOTES: Readonly<Record<string, BuiltInNote>> = {
  'ma-cross': {
    about: 'Long while a fast average is above a slow one. Few trades, long holds, late at every turn.',
    source:
      'R. D. Donchian, Trend following methods in commodity price analysis, 1957; W. Brock, J. Lakonishok and B. LeBaron, Journal of Finance 47, 1992',
    keywords: 'sma ema golden cross average',
  },
  'triple-ma': {
    about:
      'Long while a fast average is above a middle one and that above a slow one, short in the opposite order. Waits longer than two averages do and leaves earlier.',
    source: 'R. C. Allen, How to build a fortune in commodities, 1972: the 4-9-18 rule',
    keywords: 'sma ema alignment 4-9-18',
  },
  'ma-band': {
    about:
      'Buys when the close rises above an average by some percent, sells when it falls below the average. The band keeps small moves around the average from trading.',
    source: 'S. S. Alexander, Industrial Management Review 2, 1961: filter rules; Brock, Lakonishok and LeBaron 1992',
    keywords: 'filter envelope percent average',
  },
  macd: {
    about:
      'Buys when the difference of two averages crosses above its own average, sells when it crosses below. Can be kept to crossings above zero.',
    source: 'G. Appel, The moving average convergence-divergence trading method, 1979',
    keywords: 'appel signal line histogram momentum',
  },
  supertrend: {
    about:
      'Long while the close is above a line some average ranges below the bars, short while it is below. The line moves with the trend and never against it.',
    source: 'O. Seban, Tout le monde mérite d’être riche, 2008; average true range by Wilder',
    keywords: 'atr trailing line seban',
  },
  'parabolic-sar': {
    about: 'Always in the market, turned whenever the price meets a stop. The stop speeds up with every new extreme.',
    source: 'J. W. Wilder, New concepts in technical trading systems, 1978',
    keywords: 'psar wilder reverse acceleration',
  },
  'adx-trend': {
    about:
      'Follows the stronger of two directional lines, once the average directional index says that there is a trend. A stop at some average ranges limits what one entry can lose.',
    source: 'J. W. Wilder, New concepts in technical trading systems, 1978',
    keywords: 'adx dmi wilder directional filter',
  },
  ichimoku: {
    about:
      'Long while the fast line is above the base line and the close above the cloud. The cloud is drawn from older bars, so nothing is read ahead.',
    source: 'G. Hosoda, Ichimoku kinko hyo, 1969',
    keywords: 'cloud tenkan kijun hosoda japanese',
  },
  momentum: {
    about:
      'Long while the price is above its own of some months ago, short, if asked, while below. Positions are renewed after a fixed time.',
    source: 'T. J. Moskowitz, Y. H. Ooi and L. H. Pedersen, Journal of Financial Economics 104, 2012',
    keywords: 'roc trend following absolute past return',
  },
  'steady-risk': {
    about:
      'Long above an average, sized so that an average bar moves the account by a fixed share. Calm markets get large positions, wild ones small.',
    source:
      'W. Eckhardt and R. Dennis, rules of the Turtles, 1983: units by volatility; A. Moreira and T. Muir, Journal of Finance 72, 2017',
    keywords: 'volatility target size atr trail',
  },
  donchian: {
    about:
      'Enters beyond the range of the last bars, leaves beyond a shorter one on the other side. Wins seldom and then much.',
    source: 'R. D. Donchian, the four-week rule, 1960',
    keywords: 'channel four week rule turtle',
  },
  turtle: {
    about:
      'Enters beyond the range of N bars and leaves beyond that of M bars. A stop at some average ranges from the entry is nearer on bad days.',
    source: 'C. Faith, Way of the Turtle, 2007: system one',
    keywords: 'donchian atr stop dennis eckhardt channel',
  },
  'bollinger-breakout': {
    about:
      'Enters when the close leaves the bands, in their direction, and leaves at their middle. The opposite of trading back into the bands.',
    source: 'J. Bollinger, Bollinger on Bollinger bands, 2001: method one',
    keywords: 'bands volatility squeeze stdev',
  },
  'keltner-breakout': {
    about:
      'Buys when the close leaves a channel of average ranges upwards, sells at its middle. A trailing stop locks in part of a large move.',
    source: 'C. W. Keltner, How to make money in commodities, 1960; in the form of L. B. Raschke',
    keywords: 'channel atr trail',
  },
  'opening-range': {
    about:
      'Buys above the highest of the first bars of a week, or of a day for bars within the day. A target and a stop are counted in that range; the position ends with the next opening.',
    source: 'T. Crabel, Day trading with short term price patterns and opening range breakout, 1990',
    keywords: 'intraday session orb crabel day',
  },
  'big-bar': {
    about: 'Enters in the direction of a bar whose range is some times the usual one. Leaves after a fixed number of bars.',
    source: 'L. Williams, Long-term secrets to short-term trading, 1999: volatility breakout',
    keywords: 'range atr thrust volatility momentum',
  },
  'rsi-reversion': {
    about: 'Buys when the relative strength index comes back from a low, sells once it has recovered. Long only.',
    source: 'J. W. Wilder, New concepts in technical trading systems, 1978',
    keywords: 'oversold oscillator wilder',
  },
  'rsi2-trend': {
    about:
      'Buys a sharp dip while the price is above its long average, sells at the first strength. Many short trades with small wins and, without a stop, rare large losses.',
    source: 'L. Connors and C. Alvarez, Short term trading strategies that work, 2008',
    keywords: 'connors dip pullback oversold',
  },
  'bollinger-reversion': {
    about: 'Trades a close outside the bands back to their middle, long and short. Loses when a band is left for good.',
    source: 'J. Bollinger, Bollinger on Bollinger bands, 2001',
    keywords: 'bands mean stdev',
  },
  'zscore-reversion': {
    about: 'Trades a close far from its mean, in standard deviations, back towards it. Gives up after a fixed number of bars.',
    source:
      'E. Gatev, W. N. Goetzmann and K. G. Rouwenhorst, Review of Financial Studies 19, 2006, for pairs; here for one price',
    keywords: 'mean standard deviation statistical',
  },
  stochastic: {
    about:
      'Buys when the smoothed position in the range of the last bars turns up from its lower edge, sells at its upper edge. A stop ends what does not turn.',
    source: 'G. C. Lane, Lane’s stochastics, Technical Analysis of Stocks and Commodities 2, 1984',
    keywords: 'lane oscillator oversold percent k d',
  },
  pullback: {
    about:
      'Waits in a rising market for some falling bars and buys above the high of the last one. Stop below the dip, target in average ranges, and a late exit for what goes nowhere.',
    source: 'A. Elder, Trading for a living, 1993: the idea of two screens, here on one chart',
    keywords: 'dip target stop swing retracement',
  },
  seasonality: {
    about:
      'In the market only on certain weekdays, days of the month or hours, by the clock of the bars’ zone. Many windows are tried, so the best of them is mostly luck.',
    source: 'F. Cross, Financial Analysts Journal 29, 1973; J. Lakonishok and S. Smidt, Review of Financial Studies 1, 1988',
    keywords: 'day of week hour turn of month session calendar',
  },
  'buy-hold': {
    about: 'Enters at the first bar that counts and stays. One backtest to measure others by.',
    source: 'The market itself',
    keywords: 'benchmark long passive',
  },
  'random-entry': {
    about:
      'Enters by chance and leaves after a fixed number of bars. Hundreds of seeds show how good a result luck alone reaches, after the same costs.',
    source: 'Monte Carlo null hypothesis; W. Brock, J. Lakonishok and B. LeBaron 1992 use the bootstrap likewise',
    keywords: 'null monte carlo luck chance benchmark overfitting',
  },
};
