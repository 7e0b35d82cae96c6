/** One market of a study. A study has a list of them, today with one entry. */
export interface Market {
  readonly symbol: string; // short, as the user or the sample says it; '' where unknown
  readonly name: string; // of the file or sample, for people
  readonly buffer: ArrayBufferLike; // of Bars
  readonly synthetic: boolean; // generated, not traded; said wherever the market is shown
  readonly zone: string; // of local dates and minutes: 'UTC', an offset, a name, or 'unknown' for clocks without a zone
}

export type Markets = readonly Market[];
