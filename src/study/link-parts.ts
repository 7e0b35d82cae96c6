// What reads and writes links, in a file of its own: the first paint needs none of it, unless a link is opened.
export { decodeLink, encodeLink } from '../document/link.ts';
export { streamCodec } from './codec.ts';
export { spellLook } from './link-look.ts';
export { spellView } from './spell-view.ts';
