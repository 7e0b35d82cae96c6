import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { axisValue, type Axis } from '../space/axis.ts';
import { parseRange, type RangeSpelling } from '../space/range.ts';
import type { Space } from '../space/space.ts';
import type { Execution, ExecutionSettings, SweptSetting } from './execution.ts';
import { checkPeriods } from './periods.ts';
import type { NodeId, Plan, PlanNode, SourceName } from './plan.ts';
import { neutralSetting, settingAt, SETTINGS, withSettings, type Setting } from './settings.ts';

/** A strategy together with the execution that it is studied under. */
export interface BoundStrategy {
  readonly plan: Plan;
  readonly space: Space; // the text's axes, then one for each swept setting
  readonly execution: Execution;
}

/**
 * Makes axes of the settings that are ranges or lists, after the text's own, and gives the plan the series that the sizing reads.
 * @param space the text's, its ranges overridden
 */
export function bindExecution(plan: Plan, space: Space, settings: ExecutionSettings): Outcome<BoundStrategy> {
  const faults: Fault[] = [];
  const axes: Axis[] = [...space.axes];
  const swept: SweptSetting[] = [];
  const values = new Map<string, number>();
  for (const setting of SETTINGS) {
    const spelled = settingAt(settings, setting.path) as number | RangeSpelling;
    if (typeof spelled === 'number') continue;
    const read = settingAxis(plan, setting, spelled, settings, axes);
    if (!read.ok) {
      faults.push(...read.faults);
      continue;
    }
    values.set(setting.path, axisValue(read.value, 0));
    if (read.value.size === 1) continue;
    swept.push({ path: setting.path, axis: axes.length });
    axes.push(read.value);
  }
  const execution: Execution = { ...(withSettings(settings, values) as Omit<Execution, 'swept'>), swept };
  if (faults.length === 0) faults.push(...togetherFaults(plan, execution, axes));
  const bound = { plan: withVolatility(plan, execution), space: { ...space, axes }, execution };
  if (faults.length === 0) faults.push(...(checkPeriods(bound.plan, axes) ?? []));
  const [first, ...more] = faults;
  return first === undefined ? ok(bound) : failed(first, ...more);
}

function settingAxis(
  plan: Plan,
  setting: Setting,
  spelled: RangeSpelling,
  { sizing }: ExecutionSettings,
  axes: readonly Axis[],
): Outcome<Axis> {
  const { path, advice } = setting;
  const place = { kind: 'key', path: `execution.${path}` } as const;
  if (setting.kind !== null && plan.size !== null) {
    const message = `\`${path}\` is a range, but the strategy's text has a \`size\` of its own.`;
    return failed(fault('setting_unused', message, 'Write one number, or sweep a parameter of the text.', place));
  }
  if (setting.kind !== null && setting.kind !== sizing.kind) {
    const message = `\`${path}\` is a range, but sizes are by ${sizing.kind}.`;
    return failed(fault('setting_unused', message, `Write one number, or "kind": "${setting.kind}".`, place));
  }
  const fallback = neutralSetting(path);
  const base: Axis = { kind: 'list', name: freeName(setting.axis, axes), size: 1, values: [fallback], fallback };
  const read = parseRange(base, spelled);
  if (!read.ok) return failed(...(read.faults.map((found) => ({ ...found, place })) as [Fault, ...Fault[]]));
  const wrong = boundsOf(read.value).find((value) => !setting.holds(value));
  if (wrong === undefined) return read;
  return failed(fault('setting_value', `\`${wrong}\` is no value of \`${path}\`.`, advice, place));
}

/** Values between which all others lie. */
function boundsOf(axis: Axis): number[] {
  const places = axis.kind === 'list' ? [...axis.values.keys()] : [0, axis.size - 1];
  return places.map((position) => axisValue(axis, position));
}

/** A parameter of the text may have the setting's name already. */
function freeName(name: string, axes: readonly Axis[]): string {
  return axes.some((axis) => axis.name === name) ? freeName(`${name}_setting`, axes) : name;
}

/** What no setting by itself is wrong about. */
function togetherFaults(plan: Plan, execution: Execution, axes: readonly Axis[]): Fault[] {
  const { sizing } = execution;
  if (plan.size !== null) return [];
  const highest = (path: string): number => {
    const axis = execution.swept.find((one) => one.path === path)?.axis;
    return axis === undefined ? (settingAt(execution, path) as number) : boundsOf(axes[axis]!).reduce((a, b) => Math.max(a, b));
  };
  const place = { kind: 'key', path: 'execution.sizing' } as const;
  if (sizing.kind === 'equity' && highest('sizing.fraction') > highest('leverage')) {
    const [fraction, leverage] = [highest('sizing.fraction'), highest('leverage')];
    const message = `Entries for ${fraction} times the equity need more than the leverage of ${leverage}.`;
    return [fault('leverage_needed', message, `Write a leverage of ${fraction} or more, or a smaller fraction.`, place)];
  }
  const { long, short } = plan.orders;
  const unprotected = (['Long', 'Short'] as const).find((side) => {
    const { stops, trails } = side === 'Long' ? long : short;
    return plan.rules[`enter${side}`] !== null && stops.length + trails.length === 0;
  });
  if (sizing.kind !== 'risk' || unprotected === undefined) return [];
  const message = `Sizes are by the risk to the stop, and ${unprotected.toLowerCase()} positions have no stop.`;
  return [fault('stop_needed', message, 'Add a `stop` or `trail` line to the strategy, or choose another sizing.', place)];
}

/** Sizing by volatility reads an average true range, like the text's own `size` clause would. */
function withVolatility(plan: Plan, { sizing, swept }: Execution): Plan {
  if (sizing.kind !== 'volatility' || plan.size !== null) return plan;
  const nodes: PlanNode[] = [...plan.nodes];
  const number = (path: string, value: number): NodeId => {
    const axis = swept.find((one) => one.path === path)?.axis;
    return axis === undefined
      ? nodes.push({ type: 'number', op: 'number', expr: { op: 'const', value }, deps: [] }) - 1
      : nodes.push({ type: 'number', op: 'number', expr: { op: 'axis', axis }, deps: [axis] }) - 1;
  };
  const source = (name: SourceName): NodeId => {
    const found = nodes.findIndex((node) => node.op === 'source' && node.source === name);
    return found >= 0 ? found : nodes.push({ type: 'series', op: 'source', source: name, deps: [] }) - 1;
  };
  const inputs = [source('high'), source('low'), source('close')];
  const period = number('sizing.period', sizing.period);
  const { deps } = nodes[period]!;
  const per = nodes.push({ type: 'series', op: 'indicator', name: 'atr', inputs, params: [period], deps }) - 1;
  return { ...plan, nodes, size: { kind: 'volatility', node: number('sizing.volatility', sizing.volatility), per } };
}
