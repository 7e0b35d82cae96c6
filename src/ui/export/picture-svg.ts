import type { Caption } from './caption.ts';

/** A part of the page as one SVG that needs nothing from outside, with its caption above it. */
export interface PictureSvg {
  readonly text: string;
  readonly width: number; // CSS px
  readonly height: number;
}

const PAD = 16;
const LINE = 16;
// Written as attributes, one each: the page's policy lets no style be written into an element.
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'shape-rendering',
  'vector-effect',
] as const;

/** Everything visible inside `element`, as it stands: canvases as images, SVG with its styles written out, text as text. */
export function pictureSvg(element: HTMLElement, caption: Caption): PictureSvg {
  const box = element.getBoundingClientRect();
  const page = getComputedStyle(document.body);
  const ink = getComputedStyle(document.documentElement);
  const head = PAD + 20 + caption.lines.length * LINE + 8;
  const width = Math.ceil(box.width + 2 * PAD);
  const height = Math.ceil(box.height + head + PAD);
  const font = escape(page.fontFamily);
  const color = (token: string): string => escape(ink.getPropertyValue(token).trim());
  const parts: string[] = [];
  draw(element, box, parts);
  const title = `<text x="${PAD}" y="${PAD + 12}" font-family="${font}" font-size="15" font-weight="600" fill="${color('--text')}">${escape(caption.title)}</text>`;
  const lines = caption.lines.map(
    (line, i) =>
      `<text x="${PAD}" y="${PAD + 32 + i * LINE}" font-family="${font}" font-size="12" fill="${color('--text-2')}">${escape(line)}</text>`,
  );
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escape(caption.title)}</title><desc>${escape(caption.lines.join(' '))}</desc>`,
    `<defs><clipPath id="room"><rect width="${box.width}" height="${box.height}"/></clipPath></defs>`,
    `<rect width="100%" height="100%" fill="${escape(page.backgroundColor)}"/>`,
    title,
    ...lines,
    `<g transform="translate(${PAD} ${head})"><g clip-path="url(#room)">${parts.join('')}</g></g></svg>`,
  ].join('');
  return { text, width, height };
}

function draw(element: Element, origin: DOMRect, out: string[]): void {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || style.clipPath === 'inset(50%)') return;
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left - origin.left, box.top - origin.top];
  if (element instanceof HTMLCanvasElement) out.push(image(element, x, y, box, style));
  else if (element instanceof SVGSVGElement) {
    out.push(`<g transform="translate(${x} ${y})">${new XMLSerializer().serializeToString(styled(element))}</g>`);
  } else {
    if (!isClear(style.backgroundColor)) {
      const fill = escape(style.backgroundColor);
      out.push(
        `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" fill="${fill}" opacity="${style.opacity}"/>`,
      );
    }
    for (const node of element.childNodes) {
      if (node instanceof Element) draw(node, origin, out);
      else if (node instanceof Text) words(node, style, origin, out);
    }
  }
}

function image(canvas: HTMLCanvasElement, x: number, y: number, box: DOMRect, style: CSSStyleDeclaration): string {
  if (canvas.width === 0 || canvas.height === 0 || box.width === 0) return '';
  const crisp = style.imageRendering === 'pixelated' ? ' image-rendering="pixelated"' : '';
  return `<image x="${x}" y="${y}" width="${box.width}" height="${box.height}" preserveAspectRatio="none"${crisp} xlink:href="${canvas.toDataURL()}"/>`;
}

function isClear(color: string): boolean {
  return color === 'transparent' || /, 0\)$|\/ 0\)$/.test(color);
}

/** A copy whose every element carries its styles itself. */
function styled(source: SVGSVGElement): SVGSVGElement {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const [from, to] = [source, copy].map((svg) => [svg, ...svg.querySelectorAll('*')]) as [Element[], Element[]];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value !== '') to[i]!.setAttribute(name, value);
    }
    to[i]!.removeAttribute('class');
    to[i]!.removeAttribute('style');
  });
  return copy;
}

function words(node: Text, style: CSSStyleDeclaration, origin: DOMRect, out: string[]): void {
  const text = node.data.replace(/\s+/g, ' ').trim();
  if (text === '') return;
  const range = document.createRange();
  range.selectNodeContents(node);
  const [rect] = range.getClientRects();
  if (rect === undefined || rect.width === 0) return;
  const size = Number.parseFloat(style.fontSize);
  const baseline = rect.top - origin.top + rect.height / 2 + size * 0.36;
  out.push(
    `<text x="${rect.left - origin.left}" y="${baseline}" font-family="${escape(style.fontFamily)}" font-size="${size}" font-weight="${style.fontWeight}" fill="${escape(style.color)}" textLength="${rect.width}">${escape(text)}</text>`,
  );
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
