import { rma } from './averages.ts';
import { back, zip, type Twin } from './twin.ts';

export const change = (x: readonly number[], n: number): number[] => zip([x, back(x, n)], (now, then) => now - then);

export function rsi(x: readonly number[], n: number): number[] {
  const changes = change(x, 1);
  const rises = rma(
    changes.map((c) => (c < 0 ? 0 : c)),
    n,
  );
  const falls = rma(
    changes.map((c) => (c > 0 ? 0 : -c)),
    n,
  );
  return zip([rises, falls], (rise, fall) => (fall === 0 ? 100 : (100 * rise) / (rise + fall)));
}

export const MOMENTUM_TWINS: Readonly<Record<string, Twin>> = {
  rsi: ([x], [n]) => rsi(x!, n!),
  roc: ([x], [n]) => zip([x!, back(x!, n!)], (now, then) => (100 * (now - then)) / then),
  change: ([x], [n]) => change(x!, n!),
};
