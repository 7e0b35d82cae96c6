/** Caps on a text, so that a stranger's link cannot freeze the page. All are part of the messages that refuse a text. */
export const MAX_TEXT = 20_000; // characters
export const MAX_NODES = 2_000; // names, numbers, calls and operators of the whole text
export const MAX_DEPTH = 64; // brackets, calls and signs inside each other
export const MAX_AXES = 16;
export const MAX_NAME = 64; // characters
export const MAX_FAULTS = 50; // reported at once
export const MAX_NUMBER_PARTS = 256; // of one number made from parameters, definitions written out
