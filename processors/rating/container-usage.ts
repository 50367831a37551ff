import type { ContainerView } from '../../schemas/codec/generated/views.ts';
import { text } from '../../schemas/codec/text.ts';
import { Attribute } from './usage-reader.ts';
import type { UsageReader } from './usage-reader.ts';

/** A decoded container as the record being rated; of one view, which the caller moves from record to record. */
export class ContainerUsage implements UsageReader {
  private readonly view: ContainerView;

  constructor(view: ContainerView) {
    this.view = view;
  }

  get startTime(): number {
    return this.view.startTime;
  }

  get buffer(): Buffer {
    return this.view.buffer;
  }

  start(attribute: number): number {
    const { view } = this;
    switch (attribute) {
      case Attribute.usageType:
        return view.usageTypeStart;
      case Attribute.serviceId:
        return view.serviceIdStart;
      case Attribute.callingNumber:
        return view.callingNumberStart;
      case Attribute.calledNumber:
        return view.calledNumberStart;
      case Attribute.callType:
        return view.callTypeStart;
      case Attribute.network:
        return view.networkStart;
      case Attribute.apn:
        return view.apnStart;
      case Attribute.flex1:
        return view.flex1Start;
      case Attribute.flex2:
        return view.flex2Start;
      case Attribute.flex3:
        return view.flex3Start;
      case Attribute.flex4:
        return view.flex4Start;
      default:
        return 0;
    }
  }

  end(attribute: number): number {
    const { view } = this;
    switch (attribute) {
      case Attribute.usageType:
        return view.usageTypeEnd;
      case Attribute.serviceId:
        return view.serviceIdEnd;
      case Attribute.callingNumber:
        return view.callingNumberEnd;
      case Attribute.calledNumber:
        return view.calledNumberEnd;
      case Attribute.callType:
        return view.callTypeEnd;
      case Attribute.network:
        return view.networkEnd;
      case Attribute.apn:
        return view.apnEnd;
      case Attribute.flex1:
        return view.flex1End;
      case Attribute.flex2:
        return view.flex2End;
      case Attribute.flex3:
        return view.flex3End;
      case Attribute.flex4:
        return view.flex4End;
      default:
        return 0;
    }
  }

  text(attribute: number): string {
    return text(this.view.buffer, this.start(attribute), this.end(attribute));
  }

  number(attribute: number): number {
    const { view } = this;
    switch (attribute) {
      case Attribute.duration:
        return view.duration;
      case Attribute.volumeUp:
        return view.volumeUp;
      case Attribute.volumeDown:
        return view.volumeDown;
      case Attribute.units:
        return view.units;
      case Attribute.wholesaleAmount:
        return view.wholesaleAmount;
      default:
        return Number.NaN;
    }
  }
}
