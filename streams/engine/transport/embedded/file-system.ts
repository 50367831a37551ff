import { closeSync, fdatasync, fsyncSync, ftruncateSync, openSync, writevSync } from 'node:fs';

/** The calls by which the log writes; a test replaces them to make a disk full or a sync fail. */
export interface LogFiles {
  /** Writes all buffers at the position; may write fewer bytes and says how many. */
  writev(fd: number, buffers: readonly NodeJS.ArrayBufferView[], position: number): number;
  truncate(fd: number, size: number): void;
  datasync(fd: number): Promise<void>;
}

export const systemFiles: LogFiles = {
  writev: (fd, buffers, position) => writevSync(fd, buffers, position),
  truncate: (fd, size) => ftruncateSync(fd, size),
  datasync: (fd) =>
    new Promise((resolve, reject) => {
      fdatasync(fd, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    }),
};

/** Makes the names in a directory durable. */
export function syncDirectory(directory: string): void {
  const fd = openSync(directory, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
