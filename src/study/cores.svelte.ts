import type { Run } from './run.svelte.ts';

/** The part of the browser's battery interface that is used; not every browser has it. */
interface Battery extends EventTarget {
  readonly level: number; // 0 … 1
  readonly charging: boolean;
}

const FREE_KEY = 'barsweep.free-core';
const BATTERY_KEY = 'barsweep.spare-battery';
const LOW = 0.2;

/** What a person wants left of the machine while studies run. It is remembered. */
export class Cores {
  #keepFree = $state(localStorage.getItem(FREE_KEY) === '1');
  #spareBattery = $state(localStorage.getItem(BATTERY_KEY) === '1');
  #low = $state(false);
  #look: (() => void) | null = null;
  #before: number | null = null; // workers before the battery was low
  readonly #run: Run;
  readonly tellsBattery = 'getBattery' in navigator;

  constructor(run: Run) {
    this.#run = run;
    if (this.#keepFree && run.mostWorkers > 1) run.setWorkers(run.mostWorkers - 1);
    if (this.#spareBattery) void this.#watch();
  }

  get keepFree(): boolean {
    return this.#keepFree;
  }

  /** Whether the count of workers is one because of the battery. */
  get sparing(): boolean {
    return this.#low && this.#spareBattery;
  }

  get spareBattery(): boolean {
    return this.#spareBattery;
  }

  setKeepFree(free: boolean): void {
    this.#keepFree = free;
    localStorage.setItem(FREE_KEY, free ? '1' : '0');
    this.#run.setWorkers(this.#run.mostWorkers - (free ? 1 : 0));
  }

  setSpareBattery(spare: boolean): void {
    this.#spareBattery = spare;
    localStorage.setItem(BATTERY_KEY, spare ? '1' : '0');
    if (!spare) this.#follow(false);
    else if (this.#look === null) void this.#watch();
    else this.#look();
  }

  async #watch(): Promise<void> {
    if (!this.tellsBattery) return;
    const battery = await (navigator as Navigator & { getBattery(): Promise<Battery> }).getBattery();
    const look = (): void => this.#follow(this.#spareBattery && !battery.charging && battery.level <= LOW);
    for (const change of ['levelchange', 'chargingchange']) battery.addEventListener(change, look);
    this.#look = look;
    look();
  }

  /** One worker while the battery is low, as many as before afterwards. */
  #follow(low: boolean): void {
    if (low === this.#low) return;
    this.#low = low;
    if (low) this.#before = this.#run.workers;
    this.#run.setWorkers(low ? 1 : (this.#before ?? this.#run.mostWorkers));
  }
}
