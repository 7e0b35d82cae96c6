/**
 * The programs' strategies as texts of ours. A decision there needs every indicator one bar earlier as well: a comparison of x[1]
 * with itself asks for that bar. Their crossings are strict on both sides; where no averages meet, ours are the same.
 */
export interface Translation {
  readonly text: string;
  /** A signal of the other side turns the position only where the program says so. */
  readonly onOpposite: 'reverse' | 'ignore';
}

const RANGE = '1..1000 by 1';
const AVERAGES = `fast = param(10, ${RANGE})
slow = param(20, ${RANGE})
f = sma(close, fast)
s = sma(close, slow)
`;
const LEVELS = `sl = param(0.02, 0..1 by 0.0001)
tp = param(0.04, 0..1 by 0.0001)
`;
const LONG_CROSS = 'enter long when f > s and f[1] < s[1]\n';
const SHORT_CROSS = 'enter short when f < s and f[1] > s[1]\n';
const LEAVE_CROSS = 'exit long when f < s and f[1] > s[1]\n';
const BAND = `period = param(20, ${RANGE})
k = param(2, 0..10 by 0.01)
m = sma(close, period)
d = k * stdev(close, period)
`;

export const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  sma_long: { onOpposite: 'ignore', text: AVERAGES + LONG_CROSS + LEAVE_CROSS },
  sma_ls: { onOpposite: 'reverse', text: AVERAGES + LONG_CROSS + SHORT_CROSS },
  sma_sltp: {
    onOpposite: 'ignore',
    text: `${AVERAGES}${LEVELS}${LONG_CROSS}${LEAVE_CROSS}stop at close * (1 - sl)
target at close * (1 + tp)`,
  },
  sma_ls_sltp: {
    onOpposite: 'reverse',
    text: `${AVERAGES}${LEVELS}${LONG_CROSS}${SHORT_CROSS}stop long at close * (1 - sl)
target long at close * (1 + tp)
stop short at close * (1 + sl)
target short at close * (1 - tp)`,
  },
  rsi_long: {
    onOpposite: 'ignore',
    text: `period = param(14, ${RANGE})
lower = param(30, 0..100 by 0.1)
upper = param(70, 0..100 by 0.1)
r = rsi(close, period)
enter long when r < lower and r[1] == r[1]
exit long when r > upper`,
  },
  bb_long: {
    onOpposite: 'ignore',
    text: `${BAND}enter long when close < m - d and m[1] == m[1]
exit long when close >= m`,
  },
  bb_ls: {
    onOpposite: 'ignore',
    text: `${BAND}enter long when close < m - d and m[1] == m[1]
exit long when close >= m
enter short when close > m + d and m[1] == m[1]
exit short when close <= m`,
  },
  donchian: {
    onOpposite: 'ignore',
    text: `entry = param(20, ${RANGE})
leave = param(10, ${RANGE})
h = highest(high, entry)[1]
l = lowest(low, leave)[1]
enter long when close > h and h[1] == h[1]
exit long when close < l and l[1] == l[1]`,
  },
};

/** Names of parameters there that are no names here. */
export const RENAMED: Readonly<Record<string, string>> = { exit: 'leave' };

/** The last side on which two averages were apart decides; a bar on which they meet changes nothing. */
export const MEMORY_CROSS = `${AVERAGES}up = f > s
down = f < s
enter long when up and barssince(down) <= barssince(up)[1]
enter long when up and barssince(down) >= 1 and not (barssince(up)[1] >= 0)
exit long when down and barssince(up) <= barssince(down)[1]
exit long when down and barssince(up) >= 1 and not (barssince(down)[1] >= 0)`;
