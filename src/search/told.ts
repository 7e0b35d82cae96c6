/** How many rows from the first on are told without a gap; ranges come in any order. */
export class Told {
  prefix = 0;
  readonly #apart = new Map<number, number>(); // ranges beyond a gap, from → to

  add(from: number, to: number): void {
    if (from > this.prefix) {
      this.#apart.set(from, Math.max(to, this.#apart.get(from) ?? 0));
      return;
    }
    this.prefix = Math.max(this.prefix, to);
    for (let moved = true; moved;) {
      moved = false;
      for (const [start, end] of this.#apart) {
        if (start > this.prefix) continue;
        this.#apart.delete(start);
        this.prefix = Math.max(this.prefix, end);
        moved = true;
      }
    }
  }
}
