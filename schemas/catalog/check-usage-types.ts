import type { CatalogPath } from './catalog-fault.ts';
import { checkDistinct, checkKnown, checkReference, named } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';
import type { RateUnitMapRow, UsageType } from './models.ts';
import { rateUnitOf } from './rate-unit-of.ts';

function checkChild(check: CrossCheck, parent: UsageType, child: string, path: CatalogPath): void {
  if (!checkReference(check, 'usageTypes', child, 'usage type', path)) return;
  const type = check.view.list('usageTypes').byId.get(child)?.value;
  if (type?.multiRate !== undefined)
    check.report(
      'MULTI_RATE_NESTED',
      path,
      `"${child}" is multi-rate itself: a charge must be a plain usage type`,
    );
  else if (type !== undefined && type.serviceType !== parent.serviceType)
    check.report(
      'REFERENCE_MISMATCH',
      path,
      `"${child}" is of service type ${type.serviceType}, not ${parent.serviceType}`,
    );
}

function checkMultiRate(check: CrossCheck, usageType: UsageType, path: CatalogPath): void {
  const { multiRate } = usageType;
  if (multiRate === undefined) return;
  const at = [...path, 'multiRate'];
  const charges = named(multiRate.charges, [...at, 'charges']);
  checkDistinct(check, charges, 'ITEM_TWICE', (name) => `the charge "${name}"`);
  for (const { name, path: where } of charges) checkChild(check, usageType, name, where);
  checkKnown(check, new Set(multiRate.charges), multiRate.quantityFrom, 'charge', [...at, 'quantityFrom']);
}

function checkUsageType(check: CrossCheck, usageType: UsageType, path: CatalogPath): void {
  const { serviceType } = usageType;
  const known = checkReference(check, 'serviceTypes', serviceType, 'service type', [...path, 'serviceType']);
  checkMultiRate(check, usageType, path);
  if (!known || usageType.multiRate !== undefined || !check.view.list('rateUnitMap').complete) return;
  if (rateUnitOf(check.view, usageType) === null)
    check.report(
      'RATE_UNIT_MISSING',
      path,
      `no row of rateUnitMap has usage type ${usageType.id} or service type ${serviceType}`,
    );
}

function checkMapRow(check: CrossCheck, row: RateUnitMapRow, path: CatalogPath): void {
  const { view, report } = check;
  checkReference(check, 'serviceTypes', row.serviceType, 'service type', [...path, 'serviceType']);
  checkReference(check, 'rateUnits', row.rateUnit, 'rate unit', [...path, 'rateUnit']);
  if (row.usageType === undefined) return;
  const at = [...path, 'usageType'];
  if (!checkReference(check, 'usageTypes', row.usageType, 'usage type', at)) return;
  const usageType = view.list('usageTypes').byId.get(row.usageType)?.value;
  if (usageType === undefined) return;
  if (usageType.multiRate !== undefined)
    report('REFERENCE_MISMATCH', at, `"${row.usageType}" is multi-rate: only its charges have rate units`);
  else if (usageType.serviceType !== row.serviceType)
    report(
      'REFERENCE_MISMATCH',
      at,
      `"${row.usageType}" is of service type ${usageType.serviceType}, not ${row.serviceType}`,
    );
}

/** Usage types, their charges and rate units, and the units of everything that counts. */
export function checkUsageTypes(check: CrossCheck): void {
  const { view } = check;
  if (view.client !== null)
    checkReference(check, 'currencies', view.client.currency, 'currency', ['client', 'currency']);
  for (const key of ['allowances', 'accumulators', 'rateUnits'] as const)
    for (const { value, path } of view.list(key).entries)
      checkReference(check, 'units', value.unit, 'unit', [...path, 'unit']);
  for (const { value, path } of view.list('usageTypes').entries) checkUsageType(check, value, path);
  for (const { value, path } of view.list('rateUnitMap').entries) checkMapRow(check, value, path);
}
