/** Folders that a file passes: taken from input, locked in processing, ends in processed or error. */
export const FILE_FOLDERS = ['input', 'processing', 'processed', 'error'] as const;
export type FileFolder = (typeof FILE_FOLDERS)[number];

/** Name of the folder, below the client's, that holds all usage files. */
export const MEDIATION_FOLDER = 'mediation';
/** Ending of the file beside a rejected file that says why. */
export const REASON_ENDING = '.reason.json';

const UNFINISHED_ENDINGS = ['.tmp', '.part'];

/** What a folder says about its files. */
export interface FileSource {
  readonly platform: string;
  readonly serviceType: string;
  readonly recordType: string;
}

/** A usage file's place below the home folder. */
export interface FilePath extends FileSource {
  readonly client: string;
  readonly folder: FileFolder;
  readonly name: string;
}

/** Name of the stream that a folder's files belong to: `<platform>/<service type>/<record type>`. */
export function streamKey(source: FileSource): string {
  return `${source.platform}/${source.serviceType}/${source.recordType}`;
}

/** Path of a folder below the client's folder: `mediation/<platform>/<service type>/<record type>/<folder>`. */
export function folderKey(source: FileSource, folder: FileFolder): string {
  return `${MEDIATION_FOLDER}/${streamKey(source)}/${folder}`;
}

/** Path of a file below the client's folder; with folder input it is the key of the file id. */
export function fileKey(path: Omit<FilePath, 'client'>): string {
  return `${folderKey(path, path.folder)}/${path.name}`;
}

/** Path of a file below the home folder, with slashes. */
export function buildPath(path: FilePath): string {
  return `${path.client}/${fileKey(path)}`;
}

/** Reads a path below the home folder (slashes); null when it is no usage file's. */
export function parsePath(path: string): FilePath | null {
  const parts = path.split('/');
  if (parts.length !== 7 || parts.includes('') || parts.includes('.') || parts.includes('..')) return null;
  const [client, mediation, platform, serviceType, recordType, folder, name] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (mediation !== MEDIATION_FOLDER || !(FILE_FOLDERS as readonly string[]).includes(folder)) return null;
  return { client, platform, serviceType, recordType, folder: folder as FileFolder, name };
}

/** False for names that are left alone: hidden ones and uploads that are not finished. */
export function isTaken(name: string): boolean {
  return name !== '' && !name.startsWith('.') && !UNFINISHED_ENDINGS.some((ending) => name.endsWith(ending));
}

/** Order in which files are taken: by (name, platform, service type, record type), bytes compared (rules section 2). */
export function compareIntake(a: FileSource & { name: string }, b: FileSource & { name: string }): number {
  return (
    compareBytes(a.name, b.name) ||
    compareBytes(a.platform, b.platform) ||
    compareBytes(a.serviceType, b.serviceType) ||
    compareBytes(a.recordType, b.recordType)
  );
}

function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}
