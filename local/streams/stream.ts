import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../template/json.ts';

/** One change of an item. Without an old image it was put there, without a new one it was taken away. */
export interface Change {
  readonly keys: JsonObject;
  readonly oldImage: JsonObject | undefined;
  readonly newImage: JsonObject | undefined;
}

/** As a function gets it. @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export interface StreamRecord extends JsonObject {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: ItemChange;
  readonly eventSourceARN: string;
}

interface ItemChange extends JsonObject {
  /** Seconds since 1970. */
  readonly ApproximateCreationDateTime: number;
  readonly Keys: JsonObject;
  readonly SequenceNumber: string;
  readonly SizeBytes: number;
  readonly StreamViewType: string;
}

/** One who reads a stream. */
export interface Reader {
  /** The oldest records that are not done with, at most `limit`. */
  peek(limit: number): StreamRecord[];
  /** This record, and all before it, will not be read again. */
  done(record: StreamRecord): void;
}

/** A table's stream, of one shard. It keeps what some reader is not done with; in AWS it would, for a day. */
export interface TableStream {
  readonly arn: string;
  append(change: Change): void;
  /** @param wake called whenever there may be something to peek at */
  read(wake: () => void): Reader;
  /** What is not done with. */
  dump(): StreamRecord[];
  restore(records: StreamRecord[]): void;
}

export const viewTypes = ['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY'] as const;
export type ViewType = (typeof viewTypes)[number];

/** @param onChange told whenever `dump` would answer something else */
export function tableStream(arn: string, viewType: ViewType, onChange: () => void): TableStream {
  const record = recorder(arn, viewType);
  let records: StreamRecord[] = [];
  const readers = new Map<Reader, { next: number; wake: () => void }>();
  /** Records before `first` are gone; positions count from the beginning. */
  let first = 0;

  const trim = (): void => {
    const oldest = Math.min(first + records.length, ...[...readers.values()].map(({ next }) => next));
    records = records.slice(oldest - first);
    first = oldest;
    onChange();
  };
  const add = (more: StreamRecord[]): void => {
    records = [...records, ...more];
    trim();
    for (const { wake } of readers.values()) wake();
  };

  return {
    arn,
    append: (change) => add([record(change)]),
    read: (wake) => {
      const place = { next: first + records.length, wake };
      const reader: Reader = {
        peek: (limit) => records.slice(place.next - first).slice(0, limit),
        done: (last) => {
          place.next = Math.max(place.next, first + records.indexOf(last) + 1);
          trim();
        },
      };
      readers.set(reader, place);
      return reader;
    },
    dump: () => records,
    restore: add,
  };
}

function recorder(arn: string, StreamViewType: ViewType): (change: Change) => StreamRecord {
  // Of a later start the numbers are higher, so that what was kept from an earlier one comes first.
  let number = BigInt(Date.now()) * 10n ** 8n;
  const shows = (image: 'NEW' | 'OLD'): boolean =>
    StreamViewType === 'NEW_AND_OLD_IMAGES' || StreamViewType === `${image}_IMAGE`;
  return ({ keys, oldImage, newImage }) => {
    number += 1n;
    const images = {
      ...(newImage !== undefined && shows('NEW') && { NewImage: newImage }),
      ...(oldImage !== undefined && shows('OLD') && { OldImage: oldImage }),
    };
    return {
      eventID: randomUUID().replaceAll('-', ''),
      eventName: oldImage === undefined ? 'INSERT' : newImage === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: arn.split(':')[3] ?? '',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
        Keys: keys,
        ...images,
        SequenceNumber: number.toString(),
        // Near enough: DynamoDB counts names and values, without JSON's own signs.
        SizeBytes: Buffer.byteLength(JSON.stringify({ keys, ...images })),
        StreamViewType,
      },
      eventSourceARN: arn,
    };
  };
}
