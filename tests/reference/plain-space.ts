/** What src/space does without holding the space, on plain values and plain conditions: hold it. */

/** Every tuple of positions, the first axis slowest. */
export function enumerate(sizes: readonly number[]): number[][] {
  const [size, ...rest] = sizes;
  if (size === undefined) return [[]];
  return Array.from({ length: size }, (_, position) => position).flatMap((position) =>
    enumerate(rest).map((others) => [position, ...others]),
  );
}

/** The tuples at which every condition holds, in trial order; the index is their place in the full list. */
export function feasible(
  values: readonly (readonly number[])[],
  conditions: readonly ((at: readonly number[]) => boolean)[],
): { readonly index: number; readonly positions: number[] }[] {
  return enumerate(values.map((axis) => axis.length))
    .map((positions, index) => ({ positions, index }))
    .filter(({ positions }) => {
      const at = positions.map((position, axis) => values[axis]![position]!);
      return conditions.every((condition) => condition(at));
    });
}
