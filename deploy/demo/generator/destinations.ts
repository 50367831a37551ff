import type { Random } from './random.ts';

/** Where a call may go, and what the carriers that hand over such calls write about it. */
export interface Destination {
  /** International form without the subscriber's digits. */
  readonly prefix: string;
  /** How many digits follow the prefix. */
  readonly digits: number;
  /** Text of the description column, already quoted. */
  readonly description: string;
  readonly chargeCode: string;
  readonly country: string;
  readonly network: string;
  /** Wholesale price of a minute and of the connection, in hundred-thousandths of a pound. */
  readonly perMinute: number;
  readonly connection: number;
  readonly weight: number;
}

type Row = [
  prefix: string,
  digits: number,
  description: string,
  chargeCode: string,
  country: string,
  network: string,
  perMinute: number,
  connection: number,
  weight: number,
];

const ORDINARY: Row[] = [
  ['+44121', 7, 'Birmingham, inner', 'UKG', 'GBR', 'BT', 310, 0, 60],
  ['+44161', 7, 'Manchester, inner', 'UKG', 'GBR', 'BT', 310, 0, 60],
  ['+44113', 7, 'Leeds, ""White Rose"" exchange', 'UKG', 'GBR', 'KCOM', 335, 0, 40],
  ['+441382', 6, 'Dundee', 'UKL', 'GBR', 'BT', 310, 0, 20],
  ['+4429', 8, 'Caerdydd / Cardiff', 'UKG', 'GBR', 'Virgin Media', 325, 0, 30],
  ['+4420', 8, 'London, inner & outer', 'UKG', 'GBR', 'BT', 295, 0, 150],
  ['+44330', 7, 'National rate (03)', 'UKN', 'GBR', 'Gamma', 340, 0, 40],
  ['+44781', 7, 'Mobile, Vodafone', 'FM4', 'GBR', 'Vodafone', 690, 0, 120],
  ['+44787', 7, 'Mobile, O2', 'FM3', 'GBR', 'Telefonica UK', 690, 0, 120],
  ['+44797', 7, 'Mobile, EE', 'FM1', 'GBR', 'EE', 690, 0, 130],
  ['+44745', 7, 'Mobile, Three', 'FM6', 'GBR', 'Three', 700, 0, 70],
  ['+441481', 6, 'Guernsey, Channel Islands', 'CI1', 'GGY', 'Sure', 4100, 0, 8],
  ['+441534', 6, 'Jersey, Channel Islands', 'CI2', 'JEY', 'JT', 4200, 0, 8],
  ['+447781', 6, 'Mobile, Guernsey', 'CI3', 'GGY', 'Sure', 9800, 0, 4],
  ['+447797', 6, 'Mobile, Jersey', 'CI4', 'JEY', 'JT', 9900, 0, 4],
  ['+331', 8, 'Paris, Île-de-France', 'FRA', 'FRA', 'Orange', 2150, 400, 18],
  ['+34', 9, 'España, todo el país', 'ESP', 'ESP', 'Telefónica', 2300, 400, 16],
  ['+353', 9, 'Éire / Ireland', 'IRL', 'IRL', 'eir', 1900, 400, 20],
  ['+39', 10, 'Italia', 'ITA', 'ITA', 'TIM', 3100, 400, 8],
  ['+46', 9, 'Göteborg, Sverige', 'SWE', 'SWE', 'Telia', 1750, 400, 6],
  ['+4842', 7, 'Łódź, Polska', 'POL', 'POL', 'Orange Polska', 2900, 400, 6],
  ['+4989', 8, 'München, "Hauptnetz"', 'DEU', 'DEU', 'Deutsche Telekom', 1600, 400, 18],
  ['+1212', 7, 'New York, NY', 'USA', 'USA', 'Verizon', 1150, 300, 20],
  ['+1514', 7, 'Montréal, QC', 'CAN', 'CAN', 'Bell Canada', 1250, 300, 8],
  ['+1415', 7, 'San Francisco, CA', 'USA', 'USA', 'AT&T', 1150, 300, 10],
  ['+1246', 7, 'Barbados', 'BRB', 'BRB', 'Flow', 21500, 500, 3],
  ['+1876', 7, 'Jamaica, Kingston & St Andrew', 'JAM', 'JAM', 'Digicel', 23500, 500, 3],
];

const PREMIUM: Row[] = [
  ['+44909', 7, 'Premium rate, "Quiz & Vote"', 'PRS', 'GBR', 'Premium Host', 61250, 11000, 2],
  ['+44911', 7, 'Premium rate, directory enquiries', 'PRS', 'GBR', 'Premium Host', 48500, 9500, 1],
];
const FREEPHONE: Row[] = [
  ['+44800', 7, 'Freephone', 'FRP', 'GBR', 'BT', 0, 0, 3],
  ['+44808', 7, 'Freephone, 0808', 'FRP', 'GBR', 'Gamma', 0, 0, 1],
];
const UNKNOWN: Row[] = [
  ['+813', 8, 'Tokyo, 東京', 'JPN', 'JPN', 'NTT', 3900, 400, 2],
  ['+6129', 7, 'Sydney, NSW', 'AUS', 'AUS', 'Telstra', 2600, 400, 1],
];

function quoted(text: string): string {
  return `"${text.replaceAll('""', '"').replaceAll('"', '""')}"`;
}

/** Repeats each destination as often as its weight says, so that one bounded draw chooses. */
function wheel(rows: readonly Row[]): Destination[] {
  return rows.flatMap(
    ([prefix, digits, description, chargeCode, country, network, perMinute, connection, weight]) => {
      const destination = {
        prefix,
        digits,
        description: quoted(description),
        chargeCode,
        country,
        network,
        perMinute,
        connection,
        weight,
      };
      return Array.from({ length: weight }, () => destination);
    },
  );
}

const WHEELS = {
  ordinary: wheel(ORDINARY),
  premium: wheel(PREMIUM),
  freephone: wheel(FREEPHONE),
  unknown: wheel(UNKNOWN),
};
export type DestinationKind = keyof typeof WHEELS;

export function pickDestination(kind: DestinationKind, random: Random): Destination {
  const choices = WHEELS[kind];
  return choices[random.below(choices.length)]!;
}

const TEN = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

/** A number of that destination in international form. */
export function numberOf(destination: Destination, random: Random): string {
  const low = Math.min(destination.digits, 6);
  const tail = String(TEN[low]! + random.below(TEN[low]!)).slice(1);
  const high = destination.digits - low;
  return high === 0
    ? destination.prefix + tail
    : destination.prefix + String(TEN[high]! + random.below(TEN[high]!)).slice(1) + tail;
}
