/** Goes on with the actor that moved last. */
export const SAME = -1;

/** Plays several actors so that one of them moves at a time, the next one chosen by a list: the same list, the same play. */
export interface Stage {
  /** Between any two steps of an actor: others go on, for as long as the list says. */
  readonly pause: () => Promise<void>;
  /** Plays them all to their ends. */
  readonly play: (actors: readonly (() => Promise<void>)[]) => Promise<void>;
}

export function stage(choices: readonly number[]): Stage {
  const waiting: (() => void)[] = [];
  let moving = 0;
  let turn = 0;
  const next = () => {
    if (moving > 0) return;
    const choice = choices[turn % choices.length] ?? 0;
    const [go] = waiting.splice(choice === SAME ? -1 : choice % Math.max(waiting.length, 1), 1);
    turn += 1;
    if (!go) return;
    moving += 1;
    go();
  };
  const pause = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      moving -= 1;
      next();
    });
  const ended = () => {
    moving -= 1;
    next();
  };
  const play: Stage['play'] = async (actors) => {
    moving = actors.length;
    await Promise.all(actors.map((act) => pause().then(act).finally(ended)));
  };
  return { pause, play };
}

/** `dies`: the call and all after it fail; `lost`: only this one. Each before or after the call has its effect. */
export interface Trouble {
  readonly atCall: number;
  readonly kind: 'dies' | 'lost';
  readonly when: 'before' | 'after';
}

/** Somebody whose calls take their time, and who may die at any of them. */
export function mortal(pause: Stage['pause'], troubles: readonly Trouble[]) {
  let calls = 0;
  let dead = false;
  const call = async <T>(effect: () => Promise<T>): Promise<T> => {
    const trouble = troubles.find(({ atCall }) => atCall === calls);
    calls += 1;
    await pause();
    const failsNow = (when: Trouble['when']) => {
      if (trouble?.when !== when) return;
      dead ||= trouble.kind === 'dies';
      throw new Error(`call ${trouble.atCall} ${trouble.kind} ${when} its effect`);
    };
    if (dead) throw new Error('dead');
    failsNow('before');
    const result = await effect();
    await pause();
    failsNow('after');
    return result;
  };
  /** The same functions, each call of which takes its time and may fail. */
  const hands = <T extends object>(parts: T): T =>
    new Proxy(parts, {
      get: (target, name) => {
        const part: unknown = Reflect.get(target, name);
        return typeof part === 'function' ? (...args: unknown[]) => call(async () => part(...args)) : part;
      },
    });
  return { dead: () => dead, hands };
}
