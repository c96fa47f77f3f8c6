import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Milliseconds since 1970; Infinity for what does not expire. */
  readonly expiresAt: number;
}

type Shelf = Map<string, Entry>;

/**
 * Where the provider keeps sessions, codes and tokens: memory of this one provider, gone with it.
 * The package's own memory adapter is shared by every provider of the process, and warns about itself.
 * @param findClient answers the app clients, which the template declares after the provider has started
 */
export function createStore(findClient: (id: string) => AdapterPayload | undefined): AdapterFactory {
  const shelves = new Map<string, Shelf>();
  return (model) => {
    const shelf: Shelf = shelves.get(model) ?? new Map();
    shelves.set(model, shelf);
    return model === 'Client' ? { ...shelfAdapter(shelf), find: async (id) => findClient(id) } : shelfAdapter(shelf);
  };
}

const fresh = (entry: Entry | undefined) => (entry && entry.expiresAt > Date.now() ? entry.payload : undefined);

function shelfAdapter(shelf: Shelf): Adapter {
  const findBy = (key: 'uid' | 'userCode', value: string) =>
    fresh([...shelf.values()].find((entry) => entry.payload[key] === value));

  return {
    async upsert(id, payload, expiresIn) {
      sweep(shelf);
      shelf.set(id, { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
    },
    find: async (id) => fresh(shelf.get(id)),
    findByUid: async (uid) => findBy('uid', uid),
    findByUserCode: async (code) => findBy('userCode', code),
    async consume(id) {
      const entry = shelf.get(id);
      if (entry) shelf.set(id, { ...entry, payload: { ...entry.payload, consumed: Math.floor(Date.now() / 1000) } });
    },
    async destroy(id) {
      shelf.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const [id, entry] of shelf) if (entry.payload.grantId === grantId) shelf.delete(id);
    },
  };
}

/** Keeps a machine that runs for weeks from growing; only once there is something worth walking through. */
function sweep(shelf: Shelf): void {
  if (shelf.size < 1000) return;
  for (const [id, entry] of shelf) if (entry.expiresAt <= Date.now()) shelf.delete(id);
}
