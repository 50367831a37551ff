import { dayNumber } from './local-time.ts';

/** A local reading in milliseconds since 1970-01-01T00:00 of the wall clock (a time alone: since midnight), or an instant in microseconds UTC. */
export type Moment = { localMs: number } | { micros: number };

const DEFAULT_PATTERN: Readonly<Record<string, string>> = {
  date: 'yyyy-MM-dd',
  time: 'HH:mm:ss',
  datetime: 'iso',
};
const ISO =
  /^(?<yyyy>\d{4})-(?<MM>\d\d)-(?<dd>\d\d)T(?<HH>\d\d):(?<mm>\d\d):(?<ss>\d\d)(?:\.(?<fraction>\d{1,6}))?(?:Z|(?<sign>[+-])(?<zh>\d\d):(?<zm>\d\d))$/;

const compiled = new Map<string, RegExp>();

/** Reads text by a field's pattern; null when a character differs or the date or time is not real. */
export function parseMoment(type: string, pattern: string | null, text: string): Moment | null {
  const chosen = pattern ?? DEFAULT_PATTERN[type] ?? 'iso';
  const match = (chosen === 'iso' ? ISO : regexOf(chosen)).exec(text);
  if (match === null) return null;
  const groups = match.groups ?? {};
  const day = dayNumber(Number(groups['yyyy'] ?? 1970), Number(groups['MM'] ?? 1), Number(groups['dd'] ?? 1));
  const seconds = secondsOfDay(groups);
  if (day === null || seconds === null) return null;
  const localMs = day * 86_400_000 + seconds * 1000;
  return chosen === 'iso' ? isoMoment(localMs, groups) : { localMs };
}

function secondsOfDay(groups: Record<string, string | undefined>): number | null {
  const hour = Number(groups['HH'] ?? 0);
  const minute = Number(groups['mm'] ?? 0);
  const second = Number(groups['ss'] ?? 0);
  return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : null;
}

function isoMoment(localMs: number, groups: Record<string, string | undefined>): Moment | null {
  const hours = Number(groups['zh'] ?? 0);
  const minutes = Number(groups['zm'] ?? 0);
  if (hours > 23 || minutes > 59) return null;
  const offsetMs = (hours * 60 + minutes) * 60_000 * (groups['sign'] === '-' ? -1 : 1);
  return { micros: (localMs - offsetMs) * 1000 + Number((groups['fraction'] ?? '').padEnd(6, '0')) };
}

function regexOf(pattern: string): RegExp {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    const source = pattern.replace(/yyyy|MM|dd|HH|mm|ss|./g, (token) => {
      if (token === 'yyyy') return '(?<yyyy>\\d{4})';
      if (/^(MM|dd|HH|mm|ss)$/.test(token)) return `(?<${token}>\\d\\d)`;
      return token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    });
    regex = new RegExp(`^${source}$`);
    compiled.set(pattern, regex);
  }
  return regex;
}
