import { untrack } from 'svelte';
import { frameOffsets } from '../bars/frames.ts';
import type { Fault, Outcome } from '../core/fault.ts';
import { rowsFor } from '../document/search.ts';
import type { MethodName } from '../search/spec.ts';
import { defaultDocument, newDocument, type StudyDocument } from '../document/document.ts';
import { readObjective } from '../metrics/objective.ts';
import { resolveScoring } from '../metrics/resolve.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import { BUILT_INS } from '../strategy/library/index.ts';
import { largestWarmup } from '../strategy/warmup.ts';
import { bestOf } from './best-record.ts';
import { blockersOf } from './blockers.ts';
import { Budget, marketBytes } from './budget.svelte.ts';
import { Compare } from './compare.svelte.ts';
import { Data } from './data.svelte.ts';
import { debounce } from './debounce.ts';
import { EXAMPLE } from './example.ts';
import { countFailed } from './failed-trials.ts';
import { estimate, type Estimate } from './estimate.ts';
import { failureFaults } from './failures.ts';
import { shorterRanges, type ShorterRange } from './shorter-ranges.ts';
import { ExecutionForm } from './execution-form.svelte.ts';
import { Link, spaced } from './link.svelte.ts';
import { noticesOf, type Notice } from './notices.ts';
import type { AdoptedRun, KeptRun } from './kept-run.ts';
import { Run, type RunSubject } from './run.svelte.ts';
import { whenLoaded } from './load-run.ts';
import { NextSearch } from './next-search.svelte.ts';
import { SearchForm } from './search-form.svelte.ts';
import { Machine } from './machine.svelte.ts';
import { Keeping } from './keeping.svelte.ts';
import { Notebook } from './storage/notebook.svelte.ts';
import type { RecordBest, StudyRecord } from './storage/record.ts';
import { SpaceForm } from './space-form.svelte.ts';
import { StrategyText } from './strategy-text.svelte.ts';
import { Trial } from './trial.svelte.ts';
import { History } from './history.svelte.ts';
import { View } from './view.svelte.ts';
import { Analysis } from './analysis.svelte.ts';

/** empty: nothing to run on yet; ready: a study that has not been run; results and trial: of the last run. */
export type Phase = 'empty' | 'ready' | 'running' | 'results' | 'trial';

const LOAD_TRIAL_AFTER_MS = 50;

/** One study as the page holds it: what is set up, what ran, what is looked at. The document is assembled here alone. */
export class Study {
  readonly strategy = new StrategyText();
  readonly execution = new ExecutionForm();
  readonly space = new SpaceForm(this.strategy, this.execution);
  readonly search = new SearchForm();
  readonly data = new Data();
  readonly view = new View();
  readonly analysis = new Analysis(this.view);
  readonly history = new History();
  readonly run: Run;
  readonly next: NextSearch;
  readonly trial: Trial;
  readonly compare: Compare;
  readonly link: Link;
  readonly notebook: Notebook;
  readonly budget = new Budget();
  readonly keeping = new Keeping(this);
  readonly machine: Machine;
  #startFault = $state.raw<Fault | null>(null);
  #dismissedRun = $state(false);
  #dismissedCopies = $state(false);

  constructor() {
    this.run = new Run(this.view);
    this.trial = new Trial(this.run);
    this.compare = new Compare(this.run);
    this.notebook = new Notebook(this.run);
    this.machine = new Machine(this.run);
    this.link = new Link(this);
    this.next = new NextSearch(this);
  }

  readonly document: StudyDocument = $derived.by(() => {
    const { execution, scoring, objective, metrics } = this.execution;
    const data = this.data.source ?? this.data.wanted ?? defaultDocument().data;
    return {
      ...defaultDocument(),
      strategy: this.strategy.spelled,
      space: this.space.overrides,
      data,
      execution,
      scoring,
      objective,
      metrics,
      search: this.search.search,
    };
  });

  readonly #scoring: Outcome<ResolvedScoring> | null = $derived.by(() => {
    const { bars } = this.data;
    const plan = this.space.bound?.plan ?? this.strategy.plan;
    const { space } = this.space;
    if (bars === null || plan === null || space === null) return null;
    return resolveScoring(this.execution.scoring, bars, largestWarmup(plan, space.axes, frameOffsets(bars)));
  });

  readonly scoringFault: Fault | null = $derived(this.#scoring?.ok === false ? this.#scoring.faults[0] : null);
  /** Ranges whose warm-up leaves half of the bars to score; null where that is not what is wrong, or no range does it. */
  readonly shorter: readonly ShorterRange[] | null = $derived.by(() => {
    const { bars } = this.data;
    const { plan } = this.strategy;
    const { space } = this.space;
    if (this.scoringFault?.code !== 'warmup_too_long' || bars === null || plan === null || space === null) return null;
    return shorterRanges(plan, space.axes, Math.floor(bars.count / 2), frameOffsets(bars));
  });
  readonly startBar: number | null = $derived(this.#scoring?.ok === true ? this.#scoring.value.startBar : null);

  readonly estimate: Estimate | null = $derived.by(() => {
    const { bars, market } = this.data;
    const { count, space } = this.space;
    if (bars === null || market === null || count === null || !count.done || space === null) return null;
    const { workers, nsPerBarTrial } = this.run;
    return estimate({
      trials: Math.min(Number(count.feasible), rowsFor(this.document, count).rows),
      bars: bars.count - (this.startBar ?? 0),
      barsBytes: marketBytes(bars),
      axes: space.axes.length,
      metrics: this.execution.columns,
      workers,
      nsPerBarTrial,
    });
  });

  /** What the run waits for; empty when it can begin. */
  readonly blockers: readonly string[] = $derived.by(() => blockersOf(this));

  readonly phase: Phase = $derived.by(() => {
    if (this.run.state === 'running') return 'running';
    if (this.view.rows !== null) return this.trial.alone && this.trial.opened !== null ? 'trial' : 'results';
    return this.data.bars === null && this.link.openedFrom === null ? 'empty' : 'ready';
  });

  /** Whether the results belong to another set-up than the one that stands in the rail. */
  readonly stale: boolean = $derived.by(() => {
    const { subject } = this.run;
    return subject !== null && JSON.stringify(subject.document) !== JSON.stringify(this.document);
  });

  /** Whether the bars are those that the opened link was made with. */
  readonly barsEqualSender: boolean = $derived.by(() => {
    const expected = this.link.expected;
    return expected !== null && expected.hash !== null && this.data.hash === expected.hash;
  });

  /** "1 of 14 751 trials failed", with the parameters of each. */
  readonly #failed: { title: string; faults: readonly Fault[] } | null = $derived.by(() => {
    const { failures, rows, subject, progress } = this.run;
    if (failures.length === 0 || rows === null || subject === null || progress === null) return null;
    const count = Math.max(progress.failed, failures.length);
    const title = `${count} of ${spaced(progress.done)} trials failed.`;
    return { title, faults: failureFaults(failures, rows, subject.space.axes) };
  });

  readonly notices: readonly Notice[] = $derived.by(() =>
    noticesOf(this.data, this.link, {
      startFault: this.#startFault ?? this.notebook.fault,
      interrupted: this.run.state === 'running' ? null : (this.notebook.interrupted[0] ?? null),
      resume: (record) => void import('./open-record.ts').then(({ openRecord }) => openRecord(this, record, 'resume')),
      setAside: (record) => void this.notebook.change(record.id, { state: 'cancelled' }),
      runFaults: this.#dismissedRun ? [] : this.run.faults,
      failed: this.#dismissedRun ? null : this.#failed,
      condensed: this.view.condensed.held,
      copiesDismissed: this.#dismissedCopies,
      dismissCopies: () => (this.#dismissedCopies = true),
      dismissStart: () => {
        this.#startFault = null;
        this.notebook.dismiss();
      },
      dismissRun: () => (this.#dismissedRun = true),
    }),
  );

  readonly failedTrials: number = $derived.by(() => {
    void this.view.version;
    const { rows, count } = this.view;
    return rows === null || this.run.state === 'running' ? 0 : countFailed(rows, count, this.run);
  });

  /** Bar-trials per second over the whole of the last run. */
  readonly overallBarTrialsPerSecond: number = $derived.by(() => {
    const { subject, progress } = this.run;
    return subject === null || progress === null
      ? 0
      : progress.overallPerSecond * (subject.bars.count - subject.scoring.startBar);
  });

  /** The strategy's title, or what a text without one is called. */
  nameOf(document: StudyDocument): string {
    return BUILT_INS.find(({ name }) => name === document.strategy)?.title.toLowerCase() ?? 'an own strategy';
  }

  /** Registers what follows by itself; called once, while the page's first component is made. */
  connect(): void {
    this.analysis.connect();
    $effect(() => {
      void this.space.space;
      untrack(() => this.space.recount());
    });
    const loadSoon = debounce(LOAD_TRIAL_AFTER_MS, () => {
      if (this.view.selected !== null) void this.trial.load(this.view.selected);
    });
    $effect(() => {
      if (this.view.selected !== null && this.run.state !== 'running') loadSoon();
    });
    $effect(() => {
      const { spec, filterText, tab, picture, measure, reach, zoom, selection } = this.view;
      const { selected, pins, conditions } = selection;
      void [this.document, spec, filterText, tab, picture, measure, reach, zoom, selected, pins, conditions];
      untrack(() => this.link.syncSoon());
    });
  }

  /** What a run would be about now; null while something is missing. */
  subject(): RunSubject | null {
    this.strategy.settle();
    const { bars, market } = this.data;
    const { bound, count } = this.space;
    const scoring = this.#scoring;
    const objective = readObjective(this.execution.objective);
    if (bars === null || market === null || bound === null || count === null || scoring?.ok !== true || !objective.ok)
      return null;
    const { rows, estimated } = rowsFor(this.document, count);
    return {
      document: this.document,
      ...bound,
      scoring: scoring.value,
      market,
      bars,
      trials: rows,
      estimated,
      objective: objective.value,
      keep: this.keeping.keep,
    };
  }

  start(): void {
    this.strategy.settle(); // what was typed last counts, and so does the number of its trials
    if (this.blockers.length > 0) return;
    void this.space.counted().then(() => {
      const subject = this.subject();
      if (this.blockers.length === 0 && subject !== null) this.begin(subject, null);
    });
  }

  /** @param kept of a study that goes on: its record and what it had computed */
  begin(subject: RunSubject, kept: { readonly record: StudyRecord | null; readonly run: KeptRun } | null): void {
    // A press within the first moment.
    const { parts } = this.run;
    if (parts === null) return whenLoaded(this, () => this.begin(subject, kept));
    this.#dismissedRun = false;
    this.link.dismiss();
    this.notebook.unwatch();
    this.run.budget = this.budget.bytes;
    this.#startFault = this.run.start(subject, kept?.run ?? null, this.search.seconds);
    if (this.#startFault !== null || this.run.rows === null) return;
    this.trial.clear();
    this.compare.clear();
    this.view.begin(subject, this.run.rows, this.run.condensed, parts.readings);
    this.link.began();
    void this.run.ended().then(() => {
      this.view.end(this.run.kept, this.run.state === 'done');
      void this.link.sync();
    });
    void this.notebook.begin(subject, this.nameOf(subject.document), () => this.#best(subject), kept?.record ?? null);
  }

  /** Shows a kept study without running it. */
  show(subject: RunSubject, kept: AdoptedRun, live: boolean): void {
    const { parts } = this.run;
    if (parts === null) return whenLoaded(this, () => this.show(subject, kept, live));
    this.#dismissedRun = false;
    this.trial.clear();
    this.compare.clear();
    this.run.adopt(subject, kept, live);
    this.view.begin(subject, kept.rows, this.run.condensed, parts.readings);
    this.view.end(this.run.kept, kept.state === 'done');
    void this.link.sync();
  }

  fail(fault: Fault): void {
    this.#startFault = fault;
  }

  #best(subject: RunSubject): RecordBest | null {
    return this.run.subject === subject ? bestOf(this.view, subject.space.axes) : null;
  }

  /** Another search over the same space, into the same results. */
  goOn(method: MethodName, trials: number): void {
    const prepared = this.next.prepare(method, trials);
    if (prepared.ok) this.begin(prepared.value.subject, { record: null, run: prepared.value.kept });
    else this.#startFault = prepared.faults[0];
  }

  /** The example of the first visit: a built-in strategy on synthetic daily bars, run at once. */
  async runExample(): Promise<void> {
    this.link.forget();
    this.strategy.useBuiltIn(EXAMPLE.strategy);
    this.space.reset();
    this.execution.replace(newDocument());
    this.search.replace(newDocument().search);
    if (!(await this.data.useSample(EXAMPLE.sample))) return;
    await this.space.counted();
    this.start();
  }

  /** Sets everything up as a document says, and runs nothing. */
  async apply(document: StudyDocument): Promise<void> {
    this.run.cancel();
    this.trial.clear();
    this.compare.clear();
    this.strategy.useSpelled(document.strategy);
    this.space.replace(document.space);
    this.execution.replace(document);
    this.search.replace(document.search);
    await this.data.use(document.data);
  }

  /** Pins a trial or takes its pin away; the latter can be taken back. */
  togglePin(row: number): void {
    const { selection } = this.view;
    const before = selection.pins;
    const letter = selection.letterOf(row);
    if (!selection.togglePin(row)) this.history.tell('All five pins are used. Take one away first.');
    else if (letter !== null) this.history.did(`Pin ${letter} taken away.`, () => selection.setPins(before));
  }

  openTrial(row: number): void {
    this.view.select(row);
    this.trial.show(true);
    if (this.trial.opened?.row !== row) void this.trial.load(row);
  }

  /** Opens the trial before or after in the table's order. */
  step(by: number): void {
    const { order, selected } = this.view;
    if (order === null || selected === null) return;
    const next = order[order.indexOf(selected) + by];
    if (next === undefined) return;
    this.view.select(next);
    void this.trial.load(next);
  }
}
