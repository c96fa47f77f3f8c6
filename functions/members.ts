import { json, route } from './shared/http.ts';
import { subscribersOnly } from './shared/subscribers-only.ts';

/** The worked example of something that only subscribers see; yours comes from wherever your content lives. */
const library = {
  title: 'The members’ library',
  articles: [
    {
      title: 'Welcome',
      body: 'You can read this because your subscription gives you access, by a rule that says why.',
    },
    { title: 'What this page does not know', body: 'The browser decided nothing: the route asked your records.' },
  ],
};

/** `GET /api/members`: for those with access. */
export const handler = route(subscribersOnly(async () => json(library)));
