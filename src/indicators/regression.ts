import { fullWindow, indicator, period, series, X, type Indicator, type RunCompute } from './indicator.ts';
import { borrowDoubles } from './scratch.ts';
import { tickScale, wholeTicks } from './ticks.ts';

const N = [period('n', null, 2)];

export const REGRESSIONS: readonly Indicator[] = [
  indicator('slope', [X], N, { level: 'own' }, fullWindow),
  indicator('rsquared', [X], N, { level: 'own' }, fullWindow),
  indicator('correlation', [X, series('y')], N, { level: 'own' }, fullWindow),
];

/**
 * Sums over windows in blocks, as in averages.ts: differences d from the block's first value, k counted from its bar. All are exact
 * while they are whole ticks below 2^53.
 * @param fits the line's value `offset` bars before its end, or its slope
 */
function fitLine(
  x: Float64Array,
  n: number,
  offset: number,
  fits: 'value' | 'slope',
  out: Float64Array,
  from: number,
  to: number,
  decimals: number,
): void {
  const scale = tickScale(decimals);
  const unit = scale > 0 ? scale : 1;
  const weighted = borrowDoubles(to);
  const spread = (n * n * (n * n - 1)) / 12; // n·Σk² − (Σk)²
  const at = (i: number): number => (scale > 0 ? wholeTicks(x[i]! * scale) : x[i]!);
  for (let p = from + n - 1; p < to; p += n) {
    const anchor = at(p);
    const end = Math.min(p + n, to);
    let sum = 0;
    let moment = 0;
    for (let j = n - 1; j >= 0; j--) {
      if (j < n - 1) {
        const k = j - n + 1;
        const d = at(p + k) - anchor;
        sum += d;
        moment += k * d;
      }
      if (p + j < end) {
        out[p + j] = sum;
        weighted[p + j] = moment;
      }
    }
    sum = 0;
    moment = 0;
    for (let i = p; i < end; i++) {
      const k = i - p;
      const d = at(i) - anchor;
      sum += d;
      moment += k * d;
      const total = out[i]! + sum;
      const middle = k - (n - 1) / 2; // mean of k
      const slope = n > 1 ? (n * (weighted[i]! + moment - middle * total)) / spread : 0;
      out[i] = fits === 'slope' ? slope / unit : (anchor + total / n + slope * ((n - 1) / 2 - offset)) / unit;
    }
  }
}

export const linregInto: RunCompute = ([x], [n = 1, offset = 0], out, from, to, decimals) =>
  fitLine(x!, n, offset, 'value', out, from, to, decimals);

export const slopeInto: RunCompute = ([x], [n = 2], out, from, to, decimals) =>
  fitLine(x!, n, 0, 'slope', out, from, to, decimals);

/** Covariances and variances of two series in blocks, n² times; each block's differences are from values inside every window. */
export const correlationInto: RunCompute = ([x, y], [n = 2], out, from, to) => {
  const [xs, ys, xxs, yys] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  for (let p = from + n - 1; p < to; p += n) {
    const [xAnchor, yAnchor] = [x![p]!, y![p]!];
    const end = Math.min(p + n, to);
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let syy = 0;
    let sxy = 0;
    for (let j = n - 1; j >= 0; j--) {
      if (j < n - 1) {
        const dx = x![p + j - n + 1]! - xAnchor;
        const dy = y![p + j - n + 1]! - yAnchor;
        sx += dx;
        sy += dy;
        sxx += dx * dx;
        syy += dy * dy;
        sxy += dx * dy;
      }
      if (p + j < end) {
        xs[p + j] = sx;
        ys[p + j] = sy;
        xxs[p + j] = sxx;
        yys[p + j] = syy;
        out[p + j] = sxy;
      }
    }
    sx = sy = sxx = syy = sxy = 0;
    for (let i = p; i < end; i++) {
      const dx = x![i]! - xAnchor;
      const dy = y![i]! - yAnchor;
      sx += dx;
      sy += dy;
      sxx += dx * dx;
      syy += dy * dy;
      sxy += dx * dy;
      const tx = xs[i]! + sx;
      const ty = ys[i]! + sy;
      const vx = n * (xxs[i]! + sxx) - tx * tx;
      const vy = n * (yys[i]! + syy) - ty * ty;
      const value = vx > 0 && vy > 0 ? (n * (out[i]! + sxy) - tx * ty) / (Math.sqrt(vx) * Math.sqrt(vy)) : NaN;
      out[i] = value > 1 ? 1 : value < -1 ? -1 : value;
    }
  }
};

export const rsquaredInto: RunCompute = ([x], params, out, from, to, decimals) => {
  const [bars, ticks] = [borrowDoubles(to), borrowDoubles(to)];
  const scale = tickScale(decimals);
  for (let i = from; i < to; i++) {
    bars[i] = i - from;
    ticks[i] = scale > 0 ? wholeTicks(x![i]! * scale) : x![i]!;
  }
  correlationInto([ticks, bars], params, out, from, to, -1);
  for (let i = from; i < to; i++) out[i] = out[i]! * out[i]!;
};
