import type { Catalog } from '../../schemas/catalog/catalog.ts';
import type { TimeModel, ZoneModel } from '../../schemas/catalog/models.ts';
import { encodeText } from '../../schemas/codec/avro-writer.ts';
import { parseDay } from '../calendar/civil-date.ts';
import { ZoneOffsets } from '../calendar/zone-offsets.ts';
import type { CatalogFaults } from './catalog-names.ts';
import type { CompiledTimes, CompiledZones } from './compiled-catalog.ts';
import { TimeClasses } from './time-classes.ts';
import { Attribute } from './usage-reader.ts';
import { ZoneTrie } from './zone-trie.ts';

/** Zone and time models of a catalog, each compiled once and shared by its offers. */
export class CompiledModels {
  private readonly zoneModels: ReadonlyMap<string, CompiledZones>;
  private readonly timeModels: ReadonlyMap<string, CompiledTimes>;
  private readonly faults: CatalogFaults;

  constructor(catalog: Catalog, faults: CatalogFaults) {
    this.faults = faults;
    this.zoneModels = new Map(catalog.zoneModels.map((model) => [model.id, compileZones(model, faults)]));
    this.timeModels = new Map(catalog.timeModels.map((model) => [model.id, compileTimes(model, faults)]));
  }

  /** Null without a model; null and a fault when there is no such model. */
  zones(id: string | undefined, where: string): CompiledZones | null {
    return this.find(this.zoneModels, 'zone model', id, where);
  }

  times(id: string | undefined, where: string): CompiledTimes | null {
    return this.find(this.timeModels, 'time model', id, where);
  }

  private find<Model>(
    models: ReadonlyMap<string, Model>,
    what: string,
    id: string | undefined,
    where: string,
  ): Model | null {
    if (id === undefined) return null;
    const model = models.get(id);
    if (model === undefined) this.faults.add(where, `no ${what} ${id}`);
    return model ?? null;
  }
}

function compileZones(model: ZoneModel, faults: CatalogFaults): CompiledZones {
  const trie = new ZoneTrie();
  model.zones.forEach((zone, number) => {
    for (const prefix of zone.prefixes) {
      if (!trie.add(prefix, number))
        faults.add(`zone model ${model.id}`, `prefix "${prefix}" of ${zone.id} is given twice`);
    }
  });
  return { trie, attribute: Attribute[model.number], ids: model.zones.map(({ id }) => encodeText(id)) };
}

function compileTimes(model: TimeModel, faults: CatalogFaults): CompiledTimes {
  for (const holiday of model.holidays) {
    if (Number.isNaN(parseDay(holiday)))
      faults.add(`time model ${model.id}`, `holiday ${holiday} is no date`);
  }
  return {
    classes: new TimeClasses(model, new ZoneOffsets(model.timeZone)),
    ids: model.classes.map(({ id }) => encodeText(id)),
  };
}
