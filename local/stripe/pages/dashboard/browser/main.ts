/** The dashboard in the browser: its buttons call the simulator's own API, and it shows what has changed since. */
import { createButtons } from './buttons.ts';
import { explainMarks, showLatest } from './marks.ts';
import { fillPayloads } from './payloads.ts';
import { keepFresh } from './refresh.ts';

const { refresh, pausedDuring } = keepFresh();
createButtons({ refresh, pausedDuring });
explainMarks();
showLatest();
fillPayloads();
