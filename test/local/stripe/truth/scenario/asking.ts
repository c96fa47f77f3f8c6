import type { World } from '../../world.ts';

/** Reads as no SDK does: by a path. */
export async function ask({ url }: World, path: string) {
  const response = await fetch(`${url}${path}`, { headers: { authorization: 'Bearer sk_test_x' } });
  const answer: { data?: { id: string }[]; error?: { message: string } } = JSON.parse(await response.text());
  return answer;
}
