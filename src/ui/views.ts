import type { Study } from '../study/study.svelte.ts';
import type { IconName } from './icons.ts';
import type { LoadPart } from './lazy.ts';

/** A part of the page that is loaded when it is first shown. It takes no properties: it reads the study from the context. */
export interface LazyPart {
  readonly id: string; // in links, in what is remembered, and in tests
  readonly title: string;
  readonly load: LoadPart;
  /** Whether it has something to show now. */
  readonly when: (study: Study) => boolean;
}

/** A tab below the surface. */
export interface ResultView extends LazyPart {
  readonly icon: IconName;
}

const always = (): boolean => true;
const swept = ({ view }: Study): boolean => view.axes.some(({ size }) => size > 1);
const paired = ({ view }: Study): boolean => view.axes.filter(({ size }) => size > 1).length > 1;
const searched = ({ run }: Study): boolean => {
  const search = run.subject?.document.search;
  return search !== undefined && (search.method !== 'grid' || (search.before ?? []).length > 0);
};

/** The tabs below the surface, in their order. */
export const VIEWS: readonly ResultView[] = [
  { id: 'table', title: 'Table', icon: 'table', load: () => import('./views/TableView.svelte'), when: always },
  { id: 'slices', title: 'Slices', icon: 'slices', load: () => import('./views/SlicesView.svelte'), when: swept },
  { id: 'parallel', title: 'Parallel', icon: 'parallel', load: () => import('./views/ParallelView.svelte'), when: swept },
  {
    id: 'importance',
    title: 'Importance',
    icon: 'importance',
    load: () => import('./views/ImportanceView.svelte'),
    when: swept,
  },
  { id: 'scatter', title: 'Scatter', icon: 'scatter', load: () => import('./views/ScatterView.svelte'), when: swept },
  {
    id: 'distribution',
    title: 'Distribution',
    icon: 'histogram',
    load: () => import('./views/DistributionView.svelte'),
    when: swept,
  },
  { id: 'pairs', title: 'Pairs', icon: 'pairs', load: () => import('./views/PairsView.svelte'), when: paired },
  { id: 'search', title: 'Search', icon: 'search', load: () => import('./views/SearchView.svelte'), when: searched },
];

const running = (study: Study): boolean => study.run.state === 'running';
const ended = (study: Study): boolean => study.run.state !== 'running';

/** The cards of the right column, from above. */
export const SIDE_CARDS: readonly LazyPart[] = [
  { id: 'workers', title: 'Workers', load: () => import('./panels/WorkersCard.svelte'), when: running },
  { id: 'best', title: 'Best so far', load: () => import('./panels/BestCard.svelte'), when: running },
  { id: 'memory', title: 'Memory', load: () => import('./panels/MemoryCard.svelte'), when: running },
  { id: 'leaders', title: 'Leaders', load: () => import('./panels/LeadersCard.svelte'), when: ended },
  { id: 'trial', title: 'Trial', load: () => import('./panels/TrialCard.svelte'), when: ended },
];
