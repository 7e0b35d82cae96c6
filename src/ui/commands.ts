import { refine } from '../study/range-edits.ts';
import type { Study } from '../study/study.svelte.ts';
import type { Dialogs } from './panels/dialogs.svelte.ts';
import type { Theme } from './theme.svelte.ts';
import { VIEWS } from './views.ts';

/** Something that can be done, from the command palette or by its key. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** As shown: `Ctrl K`, `P`. A single key works where nothing is being typed, unless it was switched off. */
  readonly keys?: string;
  /** The single key that does it, as the browser names it. */
  readonly key?: string;
  readonly can: boolean;
  readonly run: () => void;
}

export interface CommandContext {
  readonly study: Study;
  readonly dialogs: Dialogs;
  readonly theme: Theme;
}

export function commands(context: CommandContext): Command[] {
  return [...runCommands(context), ...lookCommands(context), ...viewCommands(context), ...pageCommands(context)];
}

function runCommands({ study, dialogs }: CommandContext): Command[] {
  const running = study.run.state === 'running';
  const results = study.view.rows !== null;
  return [
    {
      id: 'run',
      title: 'Run',
      keys: 'Ctrl ↵',
      can: !running && study.blockers.length === 0,
      run: () => study.start(),
    },
    { id: 'stop', title: 'Stop the run', keys: 'Esc', can: running, run: () => study.run.cancel() },
    {
      id: 'example',
      title: 'Run the example',
      can: !running,
      run: () => void study.runExample(),
    },
    {
      id: 'link',
      title: 'Copy link',
      keys: 'L',
      key: 'l',
      can: true,
      run: () => void study.link.copy().then((said) => study.history.tell(said)),
    },
    { id: 'save', title: 'Save trials or a picture', keys: 'S', key: 's', can: results, run: () => dialogs.open('save') },
    { id: 'machine', title: 'Machine: verify, scaling, profile', can: !running, run: () => dialogs.open('machine') },
    {
      id: 'undo',
      title: study.history.last === null ? 'Undo' : `Undo: ${study.history.last}`,
      keys: 'Ctrl Z',
      can: study.history.last !== null,
      run: () => void study.history.undo(),
    },
  ];
}

function lookCommands({ study }: CommandContext): Command[] {
  const { view } = study;
  const { selection } = view;
  const results = view.rows !== null && study.phase === 'results';
  const select = (row: number) => () => view.select(row);
  const sides = markedSides(study);
  const trial = results && view.selected !== null;
  const { robust, best } = view.survey?.leaders ?? { robust: -1, best: -1 };
  return [
    {
      id: 'robust',
      title: 'Select the most robust trial',
      keys: 'B',
      key: 'b',
      can: results && robust >= 0,
      run: select(robust),
    },
    { id: 'best', title: 'Select the best trial', can: results && best >= 0, run: select(best) },
    {
      id: 'open',
      title: 'Open the selected trial',
      keys: '↵',
      can: trial,
      run: () => study.openTrial(view.selected!),
    },
    {
      id: 'pin',
      title: 'Pin the selected trial, or take its pin away',
      keys: 'P',
      key: 'p',
      can: trial,
      run: () => study.togglePin(view.selected!),
    },
    {
      id: 'neighbourhood',
      title: view.measure === 'trial' ? 'Show neighbourhoods' : 'Show each trial',
      keys: 'N',
      key: 'n',
      can: results,
      run: () => (view.measure = view.measure === 'trial' ? 'neighbourhood' : 'trial'),
    },
    {
      id: 'refine',
      title: 'Refine the marked region',
      keys: 'R',
      key: 'r',
      can: results && sides.length === 2,
      run: () => refine(study, new Map(sides.map(({ axis, low, high }) => [axis, [low, high] as const]))),
    },
    {
      id: 'zoom-out',
      title: 'Show the whole map',
      can: results && view.zoom !== null,
      run: () => (view.zoom = null),
    },
    {
      id: 'clear-brush',
      title: 'Clear the brush',
      can: results && selection.conditions.length > 0,
      run: () => {
        const before = selection.conditions;
        selection.replace([]);
        study.history.did('Brush cleared.', () => selection.replace(before));
      },
    },
  ];
}

/** The brushed intervals of both shown axes; fewer than two where no region of the map is marked. */
function markedSides({ view }: Study): { axis: number; low: number; high: number }[] {
  const shown = [view.spec.x, view.spec.y];
  return view.selection.conditions.flatMap((one) => (one.kind === 'axis' && shown.includes(one.axis) ? [one] : []));
}

function viewCommands({ study }: CommandContext): Command[] {
  const { view } = study;
  const results = view.rows !== null && study.phase !== 'trial';
  const tabs = VIEWS.filter(({ when }) => when(study)).map(({ id, title }, i): Command => {
    const key = String(i + 1);
    return { id: `view-${id}`, title: `View: ${title}`, keys: key, key, can: results, run: () => (view.tab = id) };
  });
  const forms = (
    [
      ['map', 'Surface: map'],
      ['relief', 'Surface: relief'],
      ['multiples', 'Surface: small maps'],
      ['numbers', 'Surface: table of this picture'],
    ] as const
  ).map(([picture, title]): Command => {
    const toggle = picture === 'numbers' ? { keys: 'T', key: 't' } : {};
    const next = view.picture === picture ? 'map' : picture;
    return { id: `picture-${picture}`, title, ...toggle, can: results, run: () => (view.picture = next) };
  });
  return [
    ...tabs,
    ...forms,
    {
      id: 'filter',
      title: 'Filter trials',
      keys: '/',
      key: '/',
      can: results,
      run: () => {
        view.tab = 'table';
        // Once the table stands.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-filter]')?.focus());
      },
    },
  ];
}

function pageCommands({ dialogs, theme }: CommandContext): Command[] {
  const dark = theme.shown.startsWith('dark');
  const more = theme.shown.endsWith('more');
  return [
    { id: 'help', title: 'Help and keys', keys: '?', key: '?', can: true, run: () => dialogs.open('help') },
    { id: 'data', title: 'Choose bars', can: true, run: () => dialogs.open('data') },
    { id: 'library', title: 'Browse strategies', can: true, run: () => dialogs.open('library') },
    { id: 'editor', title: 'Open the editor', can: true, run: () => dialogs.open('editor') },
    { id: 'notebook', title: 'Notebook', can: true, run: () => dialogs.open('notebook') },
    {
      id: 'theme',
      title: dark ? 'Light theme' : 'Dark theme',
      can: true,
      run: () => theme.setMode(dark ? 'light' : 'dark'),
    },
    {
      id: 'contrast',
      title: more ? 'Normal contrast' : 'High contrast',
      can: true,
      run: () => theme.setContrast(more ? 'normal' : 'more'),
    },
    { id: 'print', title: 'Print', can: true, run: () => print() },
  ];
}

const KEYS_OFF = 'barsweep.keys';

/** Whether single keys do things. Whoever speaks to the machine, or slips, can switch them off. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(KEYS_OFF) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, 'off');
  } catch {
    // Storage may be refused; the keys then stay as they are.
  }
}
