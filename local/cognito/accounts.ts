import { createHash } from 'node:crypto';

/** A user of the pool. `sub` is the id that everything else hangs on. */
export interface User {
  readonly sub: string;
  readonly email: string;
}

export interface Accounts {
  signIn(email: string): User;
  find(sub: string): User | undefined;
}

/** The users who signed in since the start. Nothing is kept on disk: the id follows from the email, so none is needed. */
export function createAccounts(): Accounts {
  const users = new Map<string, User>();
  return {
    signIn(email) {
      const user = { sub: subOf(email), email };
      users.set(user.sub, user);
      return user;
    },
    find: (sub) => users.get(sub),
  };
}

/**
 * A UUID that is always the same for an email, so that a restart of the local cloud leaves its users who they are.
 * Version 8 (RFC 9562, 5.8) is the one whose bits are the application's own business.
 */
function subOf(email: string): string {
  const hex = createHash('sha256').update(`local-user-pool:${email}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The email as the pool stores it, or undefined when it is none. Cognito's pools ignore case by default. */
export function parseEmail(value: string | null): string | undefined {
  const email = (value ?? '').trim().toLowerCase();
  return email.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(email) ? email : undefined;
}
