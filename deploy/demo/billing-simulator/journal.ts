/**
 * The simulator's memory: append-only text, one entry a line, `<crc32 of the JSON, 8 hex digits> <JSON>\n`.
 *   line 1   {"journal":"tallystream-billing-simulator","version":1}
 *   others   one accepted call each: {"receipt": client_receipt_id or null, "lines": [AcceptedLine, …]}
 * An entry is synced to the disk before append() resolves. A last line that a crash cut short is dropped when the journal is
 * opened; a damaged line anywhere else is an error.
 */
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AcceptedLine } from './api.ts';

const HEADER = { journal: 'tallystream-billing-simulator', version: 1 };

/** What one call added. */
export interface JournalEntry {
  receipt: string | null;
  lines: AcceptedLine[];
}

export interface Journal {
  /** Resolves when the entry is on the disk; entries keep the order of the calls. After a failure every further call fails. */
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

/** The file is not a journal of this version, or a line before the last is damaged. */
export class JournalDamagedError extends Error {
  readonly code = 'JOURNAL_DAMAGED';
}

function encode(value: unknown): string {
  const json = JSON.stringify(value);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

function decode(line: string): unknown {
  const json = line.slice(9);
  if (line[8] !== ' ' || crc32(json).toString(16).padStart(8, '0') !== line.slice(0, 8)) return undefined;
  return JSON.parse(json) as unknown;
}

interface Contents {
  entries: JournalEntry[];
  /** Length in bytes of what is whole. */
  validBytes: number;
}

function readContents(path: string, content: Buffer): Contents {
  const entries: JournalEntry[] = [];
  let at = 0;
  for (let number = 1; at < content.length; number++) {
    const end = content.indexOf(0x0a, at);
    if (end < 0) break;
    const value = decode(content.toString('utf8', at, end));
    if (value === undefined && end === content.length - 1) break;
    if (value === undefined) throw new JournalDamagedError(`${path}: line ${number} is damaged`);
    if (number > 1) entries.push(value as JournalEntry);
    else if (JSON.stringify(value) !== JSON.stringify(HEADER)) {
      throw new JournalDamagedError(`${path} is not a billing journal of version ${HEADER.version}`);
    }
    at = end + 1;
  }
  return { entries, validBytes: at };
}

async function openForUpdate(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  return open(path, 'a+');
}

/**
 * Opens or creates a journal and returns what it holds.
 * @throws JournalDamagedError
 */
export async function openJournal(path: string): Promise<{ journal: Journal; entries: JournalEntry[] }> {
  const file = await openForUpdate(path);
  let tail: Promise<void> = Promise.resolve();

  async function write(text: string): Promise<void> {
    await file.appendFile(text);
    await file.datasync();
  }

  try {
    const { entries, validBytes } = readContents(path, await file.readFile());
    await file.truncate(validBytes);
    if (validBytes === 0) await write(encode(HEADER));
    return {
      entries,
      journal: {
        append(entry) {
          tail = tail.then(() => write(encode(entry)));
          return tail;
        },
        async close() {
          await tail.catch(() => undefined);
          await file.close();
        },
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
