import { expect } from '@jest/globals';
import type { HttpResult } from '../../functions/shared/http.ts';
import { bodyOf } from './world.ts';

/** A 4xx says in a problem document what is wrong. */
export function expectRefused(result: HttpResult, statuses: readonly number[]): void {
  expect(statuses).toContain(result.statusCode);
  expect(result.headers).toMatchObject({ 'content-type': 'application/problem+json' });
  expect(bodyOf(result)).toMatchObject({ status: result.statusCode, code: expect.any(String) });
}
