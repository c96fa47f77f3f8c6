import { loadTruth } from './cached.ts';

await loadTruth();
