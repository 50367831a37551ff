import {
  addDecimals,
  drawable,
  formatCount,
  formatExact,
  formatRounded,
  formatShare,
} from '../decimal-format.ts';
import type { AllowanceUse, RunReport } from '../report-model.ts';
import { barList, card, dataTable, legend, section, tableTwin } from './elements.ts';
import type { Bar } from './elements.ts';
import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { servicesOf } from './services.ts';
import { stackedColumns } from './stacked-columns.ts';

type Slot = { serviceType: string; records: number; net: string };

const numeric = (title: string) => ({ title, numeric: true });

interface StackedInput<T extends Slot> {
  label: string;
  rows: readonly T[];
  slotOf: (row: T) => string;
  tickOf: (slot: string, i: number) => string;
  width: number;
}

/** Records of each slot, stacked by service type; slots in the order of their texts. */
function stacked<T extends Slot>({ label, rows, slotOf, tickOf, width }: StackedInput<T>): Markup {
  const services = servicesOf(rows);
  const slots = [...new Set(rows.map(slotOf))].sort();
  const cells = new Map(rows.map((row) => [`${slotOf(row)}/${row.serviceType}`, row]));
  const columns = slots.map((slot, i) => ({
    tick: tickOf(slot, i),
    title: slot,
    values: services.map((service) => cells.get(`${slot}/${service.serviceType}`)?.records ?? 0),
  }));
  const table = rows.map((row) => [
    slotOf(row),
    row.serviceType,
    formatCount(row.records),
    formatExact(row.net, 2),
  ]);
  const heads = [{ title: 'When' }, { title: 'Service' }, numeric('Records'), numeric('Net')];
  return html`${legend(services.map(({ name, color }) => ({ label: name, color })))}${stackedColumns({ label, series: services, columns, width })}${tableTwin(label, heads, table)}`;
}

export function usageSection(report: RunReport): Markup {
  const { byDay, byHour } = report.charges;
  const days = stacked({
    label: 'Rated records by day and service',
    rows: byDay,
    slotOf: (row) => row.day,
    tickOf: (day, i) => (i % 5 === 0 ? String(Number(day.slice(8))) : ''),
    width: 690,
  });
  const hours = stacked({
    label: 'Rated records by hour and service',
    rows: byHour,
    slotOf: (row) => `${String(row.hour).padStart(2, '0')}:00`,
    tickOf: (hour, i) => (i % 4 === 0 ? hour : ''),
    width: 470,
  });
  return section('usage', 'Usage', `Rated records by local time of ${report.run.timeZone}.`, [
    card(7, 'By day', `Rated records, ${report.run.month}.`, days),
    card(5, 'By hour of the day', 'Rated records, all days together.', hours),
  ]);
}

const CLASS_COLORS = ['var(--voice)', 'var(--sms)', 'var(--data)', 'var(--warn)', 'var(--muted)'];

function zoneBars(report: RunReport): Markup {
  const { byZone } = report.charges;
  if (byZone.length === 0) return html`<p class="quiet">No charges with a zone.</p>`;
  const classes = [...new Set(byZone.map((row) => row.timeClass))];
  const zones = [...new Set(byZone.map((row) => row.zone))].map((zone) => {
    const rows = byZone.filter((row) => row.zone === zone);
    return {
      zone,
      rows,
      net: addDecimals(rows.map((row) => row.net)),
      charges: rows.reduce((sum, row) => sum + row.charges, 0),
    };
  });
  zones.sort((a, b) => drawable(b.net) - drawable(a.net));
  const most = Math.max(1e-9, drawable(zones[0]!.net));
  const bars: Bar[] = zones.map(({ zone, rows, net, charges }) => ({
    name: zone,
    note: `${formatCount(charges)} charges`,
    figure: formatExact(net, 2),
    segments: rows.map((row) => ({
      share: drawable(row.net) / most,
      color: CLASS_COLORS[classes.indexOf(row.timeClass) % CLASS_COLORS.length]!,
      title: `${zone}, ${row.timeClass}: ${formatExact(row.net, 2)}`,
    })),
  }));
  const rows = byZone.map((row) => [
    row.zone,
    row.timeClass,
    formatCount(row.charges),
    `${formatExact(row.quantity)} ${row.unit}`,
    formatExact(row.net, 2),
  ]);
  const columns = [
    { title: 'Zone' },
    { title: 'Time class' },
    numeric('Charges'),
    numeric('Quantity'),
    numeric('Net'),
  ];
  return html`${legend(classes.map((label, i) => ({ label, color: CLASS_COLORS[i % CLASS_COLORS.length]! })))}${barList('Net charges by zone and time class', bars)}${tableTwin('Net charges by zone and time class', columns, rows)}`;
}

/** Granted, with what was used of it; what went beyond is drawn to the same scale. */
function allowanceBlock(use: AllowanceUse): Markup {
  const [granted, consumed, overage] = [drawable(use.granted), drawable(use.consumed), drawable(use.overage)];
  const most = Math.max(granted, overage, 1e-9);
  const quantity = (text: string) => `${formatExact(text)} ${use.unit.toLowerCase()}s`;
  return barList(use.name, [
    {
      name: use.name,
      note: `${formatCount(use.exhausted)} of ${formatCount(use.buckets)} used up`,
      figure: formatShare(consumed, granted),
      figureNote: 'of the grant',
      segments: [
        { share: consumed / most, color: 'var(--sms)', title: `consumed ${quantity(use.consumed)}` },
        {
          share: Math.max(0, granted - consumed) / most,
          color: 'color-mix(in srgb,var(--sms) 22%,transparent)',
          title: `granted ${quantity(use.granted)}`,
        },
      ],
    },
    {
      name: 'Beyond it',
      note: quantity(use.overage),
      figure: formatRounded(use.overageNet, 2),
      figureNote: 'net',
      segments: [
        { share: overage / most, color: 'var(--data)', title: `beyond it ${quantity(use.overage)}` },
      ],
    },
  ]);
}

function allowances(report: RunReport): Content {
  const uses = report.allowances;
  if (uses.length === 0) return html`<p class="quiet">No allowance was touched.</p>`;
  const rows = uses.map((use) => [
    use.name,
    use.unit,
    formatExact(use.granted),
    formatExact(use.consumed),
    formatExact(use.overage),
    formatExact(use.overageNet, 2),
  ]);
  const columns = [
    { title: 'Allowance' },
    { title: 'Unit' },
    numeric('Granted'),
    numeric('Consumed'),
    numeric('Beyond it'),
    numeric('Net beyond it'),
  ];
  return [
    legend([
      { label: 'consumed', color: 'var(--sms)' },
      { label: 'left', color: 'color-mix(in srgb,var(--sms) 22%,transparent)' },
      { label: 'charged beyond it', color: 'var(--data)' },
    ]),
    uses.map((use, i) => [
      i === 0 ? null : html`<hr style="border:0;border-top:1px solid var(--line);margin:12px 0" />`,
      allowanceBlock(use),
    ]),
    tableTwin('Allowances', columns, rows),
  ];
}

function usageTypeTable(report: RunReport): Markup {
  const { charges, totals, run } = report;
  const columns = [
    { title: 'Usage type' },
    numeric('Records'),
    numeric('Charges'),
    numeric('Quantity'),
    numeric(`Gross, ${run.currency}`),
    numeric('Allowances'),
    numeric(`Net, ${run.currency}`),
    numeric('Wholesale'),
    numeric('Margin'),
  ];
  const negated = (text: string) => (text.startsWith('-') ? text.slice(1) : `-${text}`);
  const off = (net: string, gross: string) => formatExact(addDecimals([net, negated(gross)]), 2);
  const rows = charges.byUsageType.map((row) => [
    html`${row.usageType}<br /><small class="quiet">${row.serviceType}</small>`,
    formatCount(row.records),
    formatCount(row.charges),
    `${formatExact(row.quantity)} ${row.unit}`,
    formatExact(row.gross, 2),
    off(row.net, row.gross),
    formatExact(row.net, 2),
    row.wholesale === null ? '—' : formatExact(row.wholesale, 2),
    row.margin === null ? '—' : formatExact(row.margin, 2),
  ]);
  return dataTable('Charges by usage type', columns, rows, [
    'All',
    formatCount(totals.rated),
    formatCount(totals.charges),
    '',
    formatExact(totals.gross, 2),
    off(totals.net, totals.gross),
    formatExact(totals.net, 2),
    '',
    '',
  ]);
}

function topAccounts(report: RunReport): Markup {
  const accounts = report.charges.topAccounts;
  if (accounts.length === 0) return html`<p class="quiet">No charges.</p>`;
  const most = Math.max(1e-9, ...accounts.map((account) => drawable(account.net)));
  return barList(
    'Accounts with the highest net charges',
    accounts.map((account) => ({
      name: account.account,
      note: `${account.plan.toLowerCase().replaceAll('_', ' ')}, ${account.subscriptions} ${account.subscriptions === 1 ? 'line' : 'lines'}`,
      figure: formatExact(account.net, 2),
      figureNote: `${formatCount(account.records)} records`,
      segments: [
        {
          share: drawable(account.net) / most,
          color: 'var(--accent)',
          title: `${account.account}: ${formatExact(account.net, 2)}`,
        },
      ],
    })),
    2,
  );
}

export function chargesSection(report: RunReport): Markup {
  const { currency } = report.run;
  return section(
    'charges',
    'Charges',
    'Exact to the last decimal; rounding happens once, on the billing line, and is shown.',
    [
      card(
        12,
        'By usage type',
        'Gross is before, net after allowances. Wholesale is what the carriers charge us.',
        usageTypeTable(report),
      ),
      card(7, 'By zone and time class', `Net, ${currency}.`, zoneBars(report)),
      card(5, 'Allowances', 'What the plans include, and what was charged beyond it.', allowances(report)),
      card(12, 'Top accounts', `Net, ${currency}.`, topAccounts(report)),
    ],
  );
}
