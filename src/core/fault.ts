/** A place that a person can find: in a text, in a file, on an axis, at a trial, or in the study document. */
export type Place =
  | { readonly kind: 'text'; readonly line: number; readonly column: number; readonly length: number } // 1-based line and column
  | { readonly kind: 'file'; readonly line: number } // 1-based line of the user's file
  | { readonly kind: 'axis'; readonly axis: string }
  | { readonly kind: 'trial'; readonly trial: string }
  | { readonly kind: 'key'; readonly path: string }; // "space.fast" in the study document

/** A coded failure caused by input. Faults are data: they cross threads and are shown, never thrown. */
export interface Fault {
  readonly code: string; // snake_case, stable
  readonly message: string; // one sentence that names the offending value; no place in it, `describeFault` adds that
  readonly advice: string; // what to do about it, one sentence; '' only where nothing helps
  readonly place?: Place;
}

export type Faults = readonly [Fault, ...Fault[]];

/** What every function that reads user input returns. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: Faults };

export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed<T = never>(first: Fault, ...more: Fault[]): Outcome<T> {
  return { ok: false, faults: [first, ...more] };
}

export function fault(code: string, message: string, advice: string, place?: Place): Fault {
  return place === undefined ? { code, message, advice } : { code, message, advice, place };
}

export function describePlace(place: Place): string {
  switch (place.kind) {
    case 'text':
      return `Line ${place.line}, column ${place.column}`;
    case 'file':
      return `Line ${place.line}`;
    case 'axis':
      return `Axis ${place.axis}`;
    case 'trial':
      return `Trial ${place.trial}`;
    case 'key':
      return `Key ${place.path}`;
  }
}

/** "Line 10, column 17. `crossovr` is not a function here. Did you mean `crossover`?" */
export function describeFault(of: Fault): string {
  const parts = of.place === undefined ? [] : [`${describePlace(of.place)}.`];
  parts.push(of.message);
  if (of.advice !== '') parts.push(of.advice);
  return parts.join(' ');
}
