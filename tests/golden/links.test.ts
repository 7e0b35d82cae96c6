import path from 'node:path';
import { ok } from '../../src/core/fault.ts';
import { decodeLink } from '../../src/document/link.ts';
import { resolveStudy } from '../../src/document/resolve.ts';
import { goldenFolder } from '../support/golden-folder.ts';
import { zlibCodec } from '../support/zlib-codec.ts';

goldenFolder(path.join(import.meta.dirname, 'links'), '.txt', async (content) => {
  const link = await decodeLink(content.trimEnd(), zlibCodec);
  if (!link.ok) return link;
  const study = resolveStudy(link.value.document);
  return study.ok ? ok(link.value) : study;
});
