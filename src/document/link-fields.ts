/** How a value is spelled in a link and in the document. A setting is a number, or a range or list of them. */
type FieldKind = 'text' | 'number' | 'number or text' | 'setting' | 'names' | 'truth';

/** One key of a link: its short name, where it stands in the study document, and how its value is read. */
export interface LinkField {
  readonly key: string;
  readonly path: readonly string[];
  readonly kind: FieldKind;
}

const field = (key: string, path: string, kind: FieldKind): LinkField => ({ key, path: path.split('.'), kind });

/** Keys whose document values are single; written only where they differ from the default. */
export const LINK_FIELDS: readonly LinkField[] = [
  field('from', 'data.from', 'text'),
  field('to', 'data.to', 'text'),
  field('fill', 'execution.fill', 'text'),
  field('side', 'execution.sides', 'text'),
  field('opp', 'execution.onOpposite', 'text'),
  field('in', 'execution.insideBar', 'text'),
  field('end', 'execution.atEnd', 'text'),
  field('fee', 'execution.commission.relative', 'setting'),
  field('fix', 'execution.commission.fixed', 'setting'),
  field('fpu', 'execution.commission.perUnit', 'setting'),
  field('fmin', 'execution.commission.minimum', 'setting'),
  field('slip', 'execution.slippage', 'setting'),
  field('tk', 'execution.slippageTicks', 'setting'),
  field('tick', 'execution.tickSize', 'number'),
  field('hs', 'execution.halfSpread', 'setting'),
  field('fsh', 'execution.funding.short', 'setting'),
  field('flv', 'execution.funding.leverage', 'setting'),
  field('cap', 'execution.capital', 'number'),
  field('by', 'execution.sizing.kind', 'text'),
  field('size', 'execution.sizing.fraction', 'setting'),
  field('cash', 'execution.sizing.cash', 'setting'),
  field('qty', 'execution.sizing.units', 'setting'),
  field('risk', 'execution.sizing.risk', 'setting'),
  field('vol', 'execution.sizing.volatility', 'setting'),
  field('atr', 'execution.sizing.period', 'setting'),
  field('units', 'execution.units', 'text'),
  field('lot', 'execution.lotStep', 'setting'),
  field('lev', 'execution.leverage', 'setting'),
  field('mm', 'execution.maintenance', 'setting'),
  field('start', 'scoring.start', 'number or text'),
  field('ret', 'scoring.returns', 'text'),
  field('ppy', 'scoring.periodsPerYear', 'number or text'),
  field('o', 'objective', 'text'),
  field('m', 'search.method', 'text'),
  field('seed', 'search.seed', 'number'),
  field('n', 'search.trials', 'number'),
  field('gen', 'search.generation', 'number'),
  field('pat', 'search.patience', 'number'),
  field('rob', 'search.robust', 'truth'),
  field('where', 'search.where', 'text'),
  field('oo', 'search.objectives', 'names'),
  field('be', 'search.before', 'names'),
  field('mk', 'metrics', 'names'),
];

/** Word for the metrics that a new study stores, in place of their list. Links hold it: what it stands for never changes. */
export const USUAL_WORD = 'usual';

/** Keys that are not single values of the document, with what they say; `NAME` is a parameter's. */
export const OTHER_FIELDS: readonly (readonly [key: string, meaning: string])[] = [
  ['s', "a built-in strategy's name"],
  ['z', 'a strategy text: UTF-8, raw deflate, base64url'],
  ['p.NAME', 'the range of a parameter; a list has commas, a list of one ends with a comma'],
  ['d', 'the bundled sample'],
  ['g', 'generated bars: kind.seed.count'],
  ['h', 'SHA-256 of those bars'],
  ['f', "the name of the sender's file"],
  ['fh', 'SHA-256 of its bars'],
  ['fs', 'its symbol'],
  ['fr', 'dates of its first and last bar: from..to'],
  ['fn', 'its count of bars'],
  ['fa', 'how it is read, where it leaves a choice: key=value, with commas between'],
  ['vm', 'the metric shown'],
  ['x', 'the parameter across the map'],
  ['y', 'the parameter along the map'],
  ['fold', 'how the other parameters are folded'],
  ['q', 'the condition that shown trials meet'],
  ['at.NAME', 'the value at which a parameter is held'],
  ['vt', 'the view below the surface'],
  ['vp', 'the form of the surface'],
  ['vn', 'what a cell shows of its neighbourhood, with the steps to either side'],
  ['zoom.NAME', 'the values of a parameter that the map shows'],
  ['brush.NAME', 'the brushed values of a parameter or metric'],
  ['sel', 'the selected trial'],
  ['pin', 'pinned trials, each with its letter'],
  ['v', 'the engine that made the link'],
];

export const OTHER_KEYS: readonly string[] = OTHER_FIELDS.map(([key]) => key);
