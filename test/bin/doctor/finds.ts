import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Finding } from '../../../bin/doctor/finding.ts';
import { startPatient, type Patient } from './world.ts';

/** A patient for each test of a file, well at first. */
export function patients(): () => Patient {
  let world: Awaited<ReturnType<typeof startPatient>>;
  let patient: Patient;
  beforeAll(async () => {
    world = await startPatient();
  });
  beforeEach(async () => {
    patient = await world.begin();
  });
  afterEach(() => patient.simulator.stop());
  afterAll(() => world.stop());
  return () => patient;
}

/** What the doctor should call it, and the next step that it should name. */
export interface Diagnosis {
  readonly check: string;
  readonly status: Finding['status'];
  readonly says: RegExp;
  readonly next: RegExp;
}

export const broken = (check: string, says: RegExp, next: RegExp): Diagnosis => ({
  check,
  status: 'broken',
  says,
  next,
});
export const warning = (check: string, says: RegExp, next: RegExp): Diagnosis => ({
  check,
  status: 'warning',
  says,
  next,
});

/** That something which goes wrong is found. */
export function finder(patient: () => Patient) {
  return (what: string, breaks: (patient: Patient) => unknown, { check, status, says, next }: Diagnosis): void => {
    it(`finds ${what}, and says how to mend it`, async () => {
      await breaks(patient());
      const found = await patient().examined();
      const words = { says: expect.stringMatching(says), next: expect.stringMatching(next) };
      expect(found).toContainEqual({ check, status, ...words });
    });
  };
}
