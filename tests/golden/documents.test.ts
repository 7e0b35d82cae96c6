import path from 'node:path';
import { ok } from '../../src/core/fault.ts';
import { resolveStudy } from '../../src/document/resolve.ts';
import { parseDocument } from '../../src/document/schema.ts';
import { formatRange } from '../../src/space/range.ts';
import { goldenFolder } from '../support/golden-folder.ts';

goldenFolder(path.join(import.meta.dirname, 'documents'), '.json', (content) => {
  const document = parseDocument(JSON.parse(content));
  if (!document.ok) return Promise.resolve(document);
  const study = resolveStudy(document.value);
  if (!study.ok) return Promise.resolve(study);
  const { space } = study.value;
  const axes = Object.fromEntries(space.axes.map((axis) => [axis.name, formatRange(axis)]));
  return Promise.resolve(ok({ document: document.value, axes }));
});
