import type { ClickHouseClient } from '@clickhouse/client';
import type { FileRow, FileStatus, PhaseCounts } from '../report/report-model.ts';
import { rows } from './query.ts';

interface FileFacts {
  readonly file_id: string;
  readonly file_name: string;
  readonly platform: string;
  readonly service_type: string;
  readonly status: string;
  readonly code: string;
  readonly bytes: string;
  readonly lines: string;
  readonly details: string;
  readonly parse_errors: string;
  readonly mediation_errors: string;
  readonly ignored: string;
  readonly suspended: string;
  readonly duplicates: string;
  readonly rated: string;
}

/** Counts come from the rows themselves; the ledger's control totals are compared with them in the reconciliation. */
const QUERY = `
SELECT f.file_id AS file_id, file_name, file_platform AS platform, file_service_type AS service_type, file_status AS status, file_code AS code,
       file_bytes AS bytes, file_lines AS lines, file_details AS details,
       e.parse_errors AS parse_errors, e.mediation_errors AS mediation_errors, e.ignored AS ignored, e.duplicates AS duplicates,
       s.suspended AS suspended, r.rated AS rated
FROM file_state AS f
LEFT JOIN (
  SELECT file_id, countIf(outcome = 'ERROR' AND phase = 'PARSE') AS parse_errors, countIf(outcome = 'ERROR' AND phase = 'MEDIATION') AS mediation_errors,
         countIf(outcome = 'IGNORED') AS ignored, countIf(outcome = 'DUPLICATE') AS duplicates
  FROM errors GROUP BY file_id) AS e ON e.file_id = f.file_id
LEFT JOIN (SELECT file_id, count() AS suspended FROM suspended GROUP BY file_id) AS s ON s.file_id = f.file_id
LEFT JOIN (SELECT file_id, countIf(charge_number = 1) AS rated FROM rated GROUP BY file_id) AS r ON r.file_id = f.file_id
ORDER BY file_name, platform`;

const NONE: PhaseCounts = { total: 0, processed: 0, ignored: 0, suspended: 0, error: 0, duplicates: 0 };

function phasesOf(facts: FileFacts, isAccepted: boolean): FileRow['phases'] {
  const details = Number(facts.details);
  if (!isAccepted) return { parse: NONE, mediation: NONE, rating: NONE };
  const parsed = details - Number(facts.parse_errors);
  const mediated = parsed - Number(facts.mediation_errors) - Number(facts.ignored);
  return {
    parse: { ...NONE, total: details, processed: parsed, error: Number(facts.parse_errors) },
    mediation: {
      ...NONE,
      total: parsed,
      processed: mediated,
      ignored: Number(facts.ignored),
      error: Number(facts.mediation_errors),
    },
    rating: {
      ...{ ...NONE, total: mediated, processed: Number(facts.rated) },
      ...{ suspended: Number(facts.suspended), duplicates: Number(facts.duplicates) },
    },
  };
}

function statusOf(status: string): FileStatus {
  return status === 'REJECTED' || status === 'DUPLICATE' ? status : 'ACCEPTED';
}

/** One row per file with its phases. */
export async function fileRows(client: ClickHouseClient): Promise<FileRow[]> {
  const facts = await rows<FileFacts>(client, QUERY);
  return facts.map((file) => {
    const status = statusOf(file.status);
    return {
      ...{
        fileId: file.file_id,
        file: file.file_name,
        platform: file.platform,
        serviceType: file.service_type,
        status,
      },
      ...{
        code: file.code === '' ? null : file.code,
        bytes: Number(file.bytes),
        lines: Number(file.lines),
        details: Number(file.details),
      },
      phases: phasesOf(file, status === 'ACCEPTED'),
    };
  });
}

/** Sum of the phases of all files. */
export function sumPhases(files: readonly FileRow[]): FileRow['phases'] {
  const add = (a: PhaseCounts, b: PhaseCounts): PhaseCounts => ({
    ...{ total: a.total + b.total, processed: a.processed + b.processed, ignored: a.ignored + b.ignored },
    ...{
      suspended: a.suspended + b.suspended,
      error: a.error + b.error,
      duplicates: a.duplicates + b.duplicates,
    },
  });
  return files.reduce(
    (sum, { phases }) => ({
      parse: add(sum.parse, phases.parse),
      mediation: add(sum.mediation, phases.mediation),
      rating: add(sum.rating, phases.rating),
    }),
    { parse: NONE, mediation: NONE, rating: NONE },
  );
}
