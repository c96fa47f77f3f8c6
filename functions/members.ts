import { json, route } from './shared/http.ts';
import { files, openFiles } from './shared/members-files.ts';
import { subscribersOnly } from './shared/subscribers-only.ts';

/** The worked example of something that only subscribers see; yours comes from wherever your content lives. */
const library = {
  // Of what follows, whatever the page's: browsers and screen readers want to know.
  language: 'en',
  title: 'The members’ library',
  articles: [
    {
      title: 'The light at the end of the pier',
      body: `Every small harbour has one: a lamp on a post, green on one side of the mouth and red on the other. It asks for nothing and is noticed by nobody until the evening somebody needs it.

A boat coming home late does not steer by the town, bright as it is. The town is too many lights at once. It steers by the one that stays where it was put, and blinks as it said it would.

There is something to be learned from that about where to put the lamp in a house.`,
    },
    {
      title: 'How to read a tide table',
      body: `The table gives four times a day: two highs, two lows, each a little later than yesterday, because the moon is. Between them the water does not rise evenly. In the first hour it moves a twelfth of its way, in the second two, in the third and fourth three each, then two, then one.

Sailors call it the rule of twelfths, and it fits most beginnings. The first hour shows next to nothing. Halfway through, everything moves at once.`,
    },
    {
      title: 'A shelf for the winter',
      body: `Pick five books in October and put them where you take your shoes off. One that you loved at fifteen; one that was a present, and is still unread; one with maps; one in a language you half know; one so short that it can be begun on a Sunday at nine.

You need not finish them. By March you will know which of them were company.`,
    },
  ],
};

/** `GET /api/members`: for those with access. The cookies open the members' files, for a while. */
export const handler = route(
  subscribersOnly(async (_event, access) => {
    const { cookies, until } = await openFiles(access.until);
    return { ...json({ ...library, files, filesUntil: until }), cookies };
  }),
);
