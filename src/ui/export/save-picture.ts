import type { Study } from '../../study/study.svelte.ts';
import { saveBlob } from '../save.ts';
import { captionOf, fileName } from './caption.ts';
import { pictureSvg, type PictureSvg } from './picture-svg.ts';

/** Saves what the surface or the open view shows. @returns what to tell the person */
export async function savePicture(study: Study, of: 'surface' | 'view', format: 'svg' | 'png'): Promise<string> {
  const place = of === 'surface' ? '#surface .picture' : '#table [role="tabpanel"]';
  const element = document.querySelector<HTMLElement>(place);
  if (element === null) return 'There is no picture yet.';
  const title =
    of === 'surface' ? 'Surface' : (document.querySelector('[role="tab"][aria-selected="true"]')?.textContent ?? 'View');
  const made = pictureSvg(element, captionOf(study, title.trim()));
  const name = fileName(study, title, format);
  const svg = new Blob([made.text], { type: 'image/svg+xml' });
  if (format === 'svg') saveBlob(name, svg);
  else {
    const png = await rasterised(svg, made);
    if (png === null) return 'The browser could not draw the picture. Save it as SVG.';
    saveBlob(name, png);
  }
  return `${name} saved.`;
}

const SCALE = 2;

async function rasterised(svg: Blob, { width, height }: PictureSvg): Promise<Blob | null> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
