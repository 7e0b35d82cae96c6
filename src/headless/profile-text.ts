import { nodeTotal, PATH_WORDS, phaseTotals, type StudyProfile } from '../schedule/profile.ts';

/**
 * A profile as lines for a terminal: what the whole study will spend its time on, one worker.
 * @param trials of the whole study
 */
export function profileText(profile: StudyProfile, trials: bigint): string {
  const count = Number(trials);
  const lines = [
    `${PATH_WORDS[profile.path]} (${profile.path}); ${profile.trials} of ${trials} trials timed, ${ms(profile.ms)} ms`,
  ];
  if (profile.together !== null) {
    const { trials: pairs, ms: took } = profile.together;
    lines.push(`pairs together: ${ms((took / pairs) * count)} ms for the study; one by one, as below:`);
  }
  const totals = phaseTotals(profile, count);
  const sum = totals.reduce((all, { ms: one }) => all + one, 0);
  lines.push('', 'phase             study ms   share');
  for (const { phase, ms: took } of totals) lines.push(`${phase.padEnd(14)} ${ms(took).padStart(11)} ${share(took, sum)}`);
  lines.push('', 'node of the strategy, dearest first', '   each ms       times     study ms  axes');
  for (const node of profile.nodes) {
    const each = (node.ms / node.computations).toFixed(4).padStart(10);
    const times = String(Math.min(node.distinct, count)).padStart(11);
    const axes = node.axes.length > 0 ? node.axes.join(' × ') : 'none';
    lines.push(`${each} ${times} ${ms(nodeTotal(node, count)).padStart(12)}  ${axes}: ${node.text}`);
  }
  return `${lines.join('\n')}\n`;
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 3 : 0);
}

function share(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1e-9, whole)).toFixed(0).padStart(6)} %`;
}
