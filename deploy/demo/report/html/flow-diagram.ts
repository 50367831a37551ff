import { formatCount, formatShare } from '../decimal-format.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { at } from './scale.ts';

/** A step of the flow: how many arrive, and how many leave it other than to the next step. */
export interface FlowStep {
  title: string;
  count: number;
  exits: readonly { title: string; count: number; color: string }[];
}

const WIDTH = 1180;
const HEIGHT = 304;
const BAND = 130;
const TOP = 52;
const NODE = 12;
const EXIT_Y = 258;
const THINNEST = 2.5;

interface PlacedExit {
  title: string;
  count: number;
  color: string;
  fromX: number;
  fromY: number;
  x: number;
  thickness: number;
}

function placeExits(
  step: FlowStep,
  x: number,
  gap: number,
  bandBottom: number,
  perRecord: number,
): PlacedExit[] {
  const leaving = step.exits.filter((exit) => exit.count > 0);
  const room = gap / Math.max(1, leaving.length);
  let used = 0;
  return leaving.map((exit, i) => {
    const thickness = Math.max(THINNEST, exit.count * perRecord);
    used += thickness;
    return {
      ...exit,
      thickness,
      fromX: x + NODE,
      fromY: bandBottom - used + thickness / 2,
      x: x + NODE + room * (i + 0.5),
    };
  });
}

function drawExit(exit: PlacedExit, total: number): Markup {
  const { fromX, fromY, x, thickness, title, count, color } = exit;
  const path = `M${at(fromX)},${at(fromY)} C${at((fromX + x) / 2 + 8)},${at(fromY)} ${at(x)},${at(fromY + 16)} ${at(x)},${EXIT_Y}`;
  return html`<g class="hit"
    ><path
      d="${path}"
      fill="none"
      style="stroke:${color}"
      stroke-width="${at(thickness)}"
      opacity=".75"
    /><circle cx="${at(x)}" cy="${EXIT_Y}" r="4" style="fill:${color}" />
    <text x="${at(x)}" y="${EXIT_Y + 22}" text-anchor="middle" class="strong">${formatCount(count)}</text
    ><text x="${at(x)}" y="${EXIT_Y + 38}" text-anchor="middle">${title}</text>
    <title>${title}: ${formatCount(count)}, ${formatShare(count, total)} of all</title></g
  >`;
}

/**
 * The way of all records as a band that gets thinner where records leave it. Exits are drawn at least as a thin line, so
 * that a handful of a million can be seen; their numbers stand beside them.
 */
export function flowDiagram(label: string, steps: readonly FlowStep[]): Markup {
  const total = Math.max(1, steps[0]?.count ?? 1);
  const perRecord = BAND / total;
  const gap = (WIDTH - NODE - 64) / Math.max(1, steps.length - 1);
  const x = (i: number) => i * gap;
  const bottom = (count: number) => TOP + Math.max(THINNEST, count * perRecord);
  const bands = steps.slice(0, -1).map((step, i) => {
    const next = bottom(steps[i + 1]!.count);
    const middle = x(i) + gap / 2;
    return html`<path
      d="M${at(x(i) + NODE)},${TOP} L${at(x(i + 1))},${TOP} L${at(x(i + 1))},${at(next)} C${at(middle)},${at(next)} ${at(middle)},${at(bottom(step.count))} ${at(x(i) + NODE)},${at(bottom(step.count))} Z"
      style="fill:var(--accent)"
      opacity=".16"
    />`;
  });
  const exits = steps.flatMap((step, i) => placeExits(step, x(i), gap, bottom(step.count), perRecord));
  const nodes = steps.map(
    (step, i) =>
      html`<g
        ><rect
          x="${at(x(i))}"
          y="${TOP}"
          width="${NODE}"
          height="${at(bottom(step.count) - TOP)}"
          rx="3"
          style="fill:var(--accent)"
        />
        <text x="${at(x(i))}" y="20" class="strong">${step.title}</text
        ><text x="${at(x(i))}" y="38">${formatCount(step.count)}</text></g
      >`,
  );
  return html`<div class="scroll">
    <svg
      class="chart"
      style="min-width:860px"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label="${label}"
    >
      ${bands}${exits.map((exit) => drawExit(exit, total))}${nodes}
    </svg>
  </div>`;
}
