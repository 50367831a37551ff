import { FileFrame } from '../../../processors/intake/file-frame.ts';
import { streamKey } from '../../../processors/intake/folder-path.ts';
import { ZoneOffsets } from '../../../processors/calendar/zone-offsets.ts';
import type { GuidingStream } from '../../../processors/guiding/guide.ts';
import { createMediator } from '../../../processors/mediation/mediator.ts';
import type { Mediator } from '../../../processors/mediation/mediator.ts';
import { RawBatchReader } from '../../../processors/mediation/raw-batch-reader.ts';
import type { Catalog } from '../../../schemas/catalog/catalog.ts';

/** A processing stream with everything compiled that its records need. */
export interface CompiledStream {
  readonly mediator: Mediator;
  readonly reader: RawBatchReader;
  readonly guiding: GuidingStream;
}

/** Compiled streams by stream key. */
export function compileStreams(catalog: Catalog): ReadonlyMap<string, CompiledStream> {
  const serviceTypes = catalog.serviceTypes.map(({ id }) => id);
  return new Map(
    catalog.streams.map((stream) => {
      const mediator = createMediator(catalog, stream);
      const compiled: CompiledStream = {
        mediator,
        reader: new RawBatchReader(new FileFrame(mediator.mapping)),
        guiding: {
          serviceType: serviceTypes.indexOf(stream.serviceType),
          maxAgeDays: stream.maxAgeDays,
          futureDays: stream.futureDays,
          zone: new ZoneOffsets(mediator.mapping.timeZone),
        },
      };
      return [streamKey(stream), compiled];
    }),
  );
}
