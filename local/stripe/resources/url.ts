import { invalidRequest } from '../wire/errors.ts';
import { type Param, text } from '../wire/params.ts';

/** An address that a page may lead to. */
export const url: Param<string> = {
  read: (raw, path) => {
    const value = text(5000).read(raw, path);
    const allowed = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
    if (!allowed) throw invalidRequest('Not a valid URL', path, 'url_invalid');
    return value;
  },
};
