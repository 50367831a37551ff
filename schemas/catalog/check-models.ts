import type { CatalogPath } from './catalog-fault.ts';
import type { TimeModel, ZoneModel } from './models.ts';
import { checkDistinct, named } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';

const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether yyyy-mm-dd names a day of the calendar. */
function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && !leap ? 28 : (MONTH_DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

type TimeClass = TimeModel['classes'][number];

function isCatchAll({ days, holiday, from = '00:00', to = '24:00' }: TimeClass): boolean {
  return days === undefined && holiday === undefined && from === '00:00' && to === '24:00';
}

function checkClass(
  { report }: CrossCheck,
  { from = '00:00', to = '24:00' }: TimeClass,
  path: CatalogPath,
): void {
  if (from === '24:00')
    report('TIME_CLASS_INVALID', [...path, 'from'], 'a window cannot begin at 24:00, use 00:00');
  else if (from === to)
    report('TIME_CLASS_INVALID', [...path, 'to'], `the window from ${from} to ${to} is empty`);
}

function checkTimeModel(check: CrossCheck, model: TimeModel, path: CatalogPath): void {
  const { report } = check;
  const holidays = named(model.holidays, [...path, 'holidays']);
  for (const { name, path: at } of holidays)
    if (!isDay(name)) report('VALUE_INVALID', at, `${name} is no day of the calendar`);
  checkDistinct(check, holidays, 'ITEM_TWICE', (date) => `the holiday ${date}`);
  for (const [index, timeClass] of model.classes.entries())
    checkClass(check, timeClass, [...path, 'classes', index]);
  if (!model.classes.some(isCatchAll))
    report(
      'TIME_MODEL_GAPS',
      [...path, 'classes'],
      'no class applies at all times: usage outside all classes is suspended (NO_TIME_CLASS)',
    );
}

function checkZoneModel(check: CrossCheck, { zones }: ZoneModel, path: CatalogPath): void {
  const ids = zones.map(({ id }, index) => ({ name: id, path: [...path, 'zones', index, 'id'] }));
  checkDistinct(check, ids, 'ID_TWICE', (id) => `the zone "${id}"`);
  const prefixes = zones.flatMap((zone, index) =>
    named(zone.prefixes, [...path, 'zones', index, 'prefixes']),
  );
  checkDistinct(check, prefixes, 'PREFIX_TWICE', (prefix) => `the prefix "${prefix}"`);
}

/** Time models: real days, no empty windows, a class for all times; zone models: every zone and prefix once. */
export function checkModels(check: CrossCheck): void {
  for (const { value, path } of check.view.list('timeModels').entries) checkTimeModel(check, value, path);
  for (const { value, path } of check.view.list('zoneModels').entries) checkZoneModel(check, value, path);
}
