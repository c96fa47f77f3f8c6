/** A statement of a function's resource policy, as AWS::Lambda::Permission adds them. */
export interface Permission {
  functionArn: string;
  principal: string;
  sourceArn: string | undefined;
}

/** Whether the service may invoke the function on behalf of that source. */
export function mayInvoke(permissions: Permission[], functionArn: string, principal: string, source: string): boolean {
  return permissions.some(
    (permission) =>
      permission.functionArn === functionArn &&
      permission.principal === principal &&
      (permission.sourceArn === undefined || arnLike(permission.sourceArn, source)),
  );
}

/** IAM's ArnLike: each of the six parts apart; `*` is any text within its part, `?` any one character. */
export function arnLike(pattern: string, arn: string): boolean {
  const wanted = partsOf(pattern);
  const given = partsOf(arn);
  return wanted.every((part, index) => globLike(part, given[index] ?? ''));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function globLike(pattern: string, text: string): boolean {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 's').test(text);
}
