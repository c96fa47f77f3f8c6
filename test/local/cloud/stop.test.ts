import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { metricStore } from '../../../local/cloudwatch/metrics.ts';
import { lambdaService } from '../../../local/lambda/service.ts';
import { until } from './run.ts';

it('stopping ends the invocations that are on their way, and says nothing about it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'stop-'));
  const module = path.join(folder, 'index.mjs');
  writeFileSync(module, 'export const handler = () => { console.log("begun"); return new Promise(() => {}); };');
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const service = lambdaService({ log, clockAhead: undefined, metrics: metricStore(() => 0) });
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:Endless';
  const about = {
    name: 'Endless',
    arn,
    roleArn: '',
    runtime: 'nodejs24.x',
    module,
    exportName: 'handler',
    logGroup: 'x',
  };
  service.create({ ...about, timeoutSeconds: 900, memoryMb: 128, environment: {} }, log);
  service.permit({ functionArn: arn, principal: 'events.amazonaws.com', sourceArn: undefined });

  const invoked = service.invoke(arn, {}, { principal: 'events.amazonaws.com', sourceArn: 'any' });
  await until(() => lines.find((line) => line === 'begun'));
  await service.stop();
  expect(await invoked).toMatchObject({ kind: 'failed' });
  expect(lines).toEqual(['begun']);
  rmSync(folder, { recursive: true });
});
