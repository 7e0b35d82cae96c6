/** How the trades of a study are carried out, see kernel/path; `pairs`: crossing averages kept in order, many trials at once. */
export type TrialPath = 'pairs' | 'proportional' | 'guarded' | 'positional' | 'scan' | 'walk';

/** What a trial's time goes into. `edges` are crossings, `stops` the search for exits that orders or the position make. */
export const PHASES = ['series', 'conditions', 'edges', 'stops', 'evaluation', 'metrics', 'rest'] as const;
export type Phase = (typeof PHASES)[number];

/** Time of one node of the Plan, without that of the nodes that it reads. */
export interface NodeCost {
  readonly text: string; // as strategy text would say it
  readonly phase: Phase;
  readonly axes: readonly string[]; // whose values it depends on
  readonly computations: number; // in the sample: once per distinct values of these axes, as far as the cache holds them
  readonly ms: number; // of them together
  readonly distinct: number; // values that the whole study has of it; Infinity where beyond a double
}

/** Where the time of a study goes, from a sample of its trials; one worker, milliseconds. */
export interface StudyProfile {
  readonly path: TrialPath;
  readonly trials: number; // of the sample
  readonly ms: number; // of the sample
  readonly phases: Readonly<Record<Phase, number>>;
  readonly nodes: readonly NodeCost[]; // the dearest first; none that took no time
  /** Where crossing pairs are evaluated together: a block of them, which is what the study will do. */
  readonly together: { readonly trials: number; readonly ms: number } | null;
}

/** The paths in words. */
export const PATH_WORDS: Readonly<Record<TrialPath, string>> = {
  pairs: 'Crossing averages are kept in order, many trials at once',
  proportional: 'A fixed amount of work per long trade',
  guarded: 'A fixed amount of work per trade; hits of stops and targets are remembered',
  positional: 'A fixed amount of work per trade; exits that read the position are looked for in blocks of bars',
  scan: 'The bars of trades are gone through for the account',
  walk: 'Every bar of a trade is carried out',
};

/** What a node will take in a study of so many trials: it is computed once per distinct values of its axes, if the cache holds them. */
export function nodeTotal({ ms, computations, distinct }: NodeCost, trials: number): number {
  return (ms / computations) * Math.min(distinct, trials);
}

/** What each phase will take in a study of so many trials, ms of one worker; phases that take nothing are left out. */
export function phaseTotals(profile: StudyProfile, trials: number): { readonly phase: Phase; readonly ms: number }[] {
  const perTrial = trials / profile.trials;
  return PHASES.map((phase) => {
    const told = profile.nodes.filter((node) => node.phase === phase);
    const rest = profile.phases[phase] - told.reduce((sum, { ms }) => sum + ms, 0); // of a trial, or of nodes that are not told
    const nodes = told.reduce((sum, node) => sum + nodeTotal(node, trials), 0);
    return { phase, ms: nodes + Math.max(0, rest) * perTrial };
  }).filter(({ ms }) => ms > 0);
}
