/** Counts which values of two settings were met together. */
export function createPairs() {
  const values = new Map<string, Set<string>>();
  const together = new Set<string>();

  return {
    add(settings: Readonly<Record<string, string>>): void {
      const entries = Object.entries(settings);
      entries.forEach(([name, value], k) => {
        values.set(name, (values.get(name) ?? new Set()).add(value));
        for (const [other, its] of entries.slice(k + 1)) together.add(`${name}=${value} ${other}=${its}`);
      });
    },
    /** @returns `missing`: pairs of values, each met with others, that were never met together */
    summary(): { readonly settings: number; readonly count: number; readonly missing: readonly string[] } {
      const names = [...values.keys()];
      const wanted = names.flatMap((name, k) =>
        names
          .slice(k + 1)
          .flatMap((other) =>
            [...values.get(name)!].flatMap((value) => [...values.get(other)!].map((its) => `${name}=${value} ${other}=${its}`)),
          ),
      );
      return { settings: names.length, count: wanted.length, missing: wanted.filter((pair) => !together.has(pair)) };
    },
  };
}
