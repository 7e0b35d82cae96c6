import { INTRADAY_LAYOUTS } from './vendors-intraday.ts';
import { JSON_LAYOUTS } from './vendors-json.ts';
import { STOCK_LAYOUTS } from './vendors-stocks.ts';

export { barsOf } from './vendor-layout.ts';

export const VENDOR_LAYOUTS = [...STOCK_LAYOUTS, ...INTRADAY_LAYOUTS, ...JSON_LAYOUTS];
