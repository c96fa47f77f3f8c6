import type { Build } from '../lib/bundle/bundle.ts';
import type { Group, GroupName } from './figure.ts';
import { startChild } from './world/child.ts';

/** Measures one group in a process of its own, which ends by itself. Rejects when that ends without figures. */
export const runGroup = async (name: GroupName, build: Build): Promise<Group> =>
  (await startChild<Group>('measure.ts', [name, JSON.stringify(build)])).first;
