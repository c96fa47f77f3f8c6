interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Rules that may be broken on purpose, to see that the histories notice. */
export const BROKEN = {
  'same second counts as newer': {
    file: 'clients/records/subscriptions.ts',
    from: 'asOf.#to < :created',
    to: 'asOf.#to <= :created',
  },
  'no version guard': {
    file: 'clients/records/subscriptions.ts',
    from: "const UNREAD = 'attribute_not_exists(pk)';\nconst UNCHANGED = '#version = :read';",
    to: "const UNREAD = 'attribute_not_exists(pk) OR attribute_exists(pk)';\nconst UNCHANGED = '#version = :read OR #version <> :read';",
  },
  'same second counts as older': {
    file: 'billing/ordering.ts',
    from: "return created < known.from ? 'older' : 'unclear'",
    to: "return 'older'",
  },
  'a lost race is written all the same': {
    file: 'clients/records/subscriptions.ts',
    from: "return age === 'older' ? 'older' : 'unclear';",
    to: "if (age !== 'older') return 'unclear'; await update(table, userId, { record, asOf }, 'attribute_exists(pk)', {}); return 'saved';",
  },
} satisfies Record<string, Change>;

export type Broken = keyof typeof BROKEN;

export const isBroken = (name: string): name is Broken => Object.hasOwn(BROKEN, name);
