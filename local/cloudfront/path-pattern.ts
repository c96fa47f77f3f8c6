/**
 * Whether a path matches a behaviour's path pattern: `*` is any number of characters, slashes too, `?` exactly one;
 * case counts; the slash at the beginning may be left out. (CloudFront Developer Guide, "Path pattern".)
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const rooted = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const source = rooted
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (path) => expression.test(path);
}
