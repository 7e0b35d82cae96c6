import { EXIT_REASONS, type ExitReason } from '../metrics/report.ts';

/** Codes of EXIT_REASONS. */
const code = (reason: ExitReason): number => EXIT_REASONS.indexOf(reason);

export const SIGNAL = code('signal');
export const OPPOSITE = code('opposite');
export const STOPPED = code('stop');
export const TARGETED = code('target');
export const TRAILED = code('trail');
export const BREAK_EVEN = code('breakEven');
export const TIME = code('time');
export const MARGIN = code('margin');
export const END = code('end');
export const RUIN = code('ruin');
/** Of a trade that the end of the data leaves open. */
export const OPEN = -1;
