import { buildApp } from '../lib/app.ts';

(await buildApp()).synth();
