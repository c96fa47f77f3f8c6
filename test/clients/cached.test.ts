import { describe, expect, it, jest } from '@jest/globals';
import { cached } from '../../clients/cached.ts';

function source() {
  let nowMs = 0;
  const load = jest.fn<() => Promise<string>>();
  const onStale = jest.fn();
  const value = cached(load, 1000, onStale, () => nowMs);
  return { load, onStale, value, pass: (ms: number) => (nowMs += ms) };
}

describe('a value that is kept', () => {
  it('is loaded once for those who come at the same time, and again when it has aged', async () => {
    const { load, value, pass } = source();
    load.mockResolvedValueOnce('old').mockResolvedValueOnce('new');
    expect(await Promise.all([value.get(), value.get()])).toEqual(['old', 'old']);
    pass(999);
    expect(await value.get()).toBe('old');
    pass(1);
    expect(await value.get()).toBe('new');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('is loaded anew for who asks for a younger one, at most as often as that', async () => {
    const { load, value, pass } = source();
    load.mockResolvedValueOnce('old').mockResolvedValueOnce('new');
    await value.get();
    pass(199);
    expect(await value.get(200)).toBe('old');
    pass(1);
    expect(await value.get(200)).toBe('new');
    expect(await value.get(200)).toBe('new');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('survives a failing refresh, which is told', async () => {
    const { load, value, onStale, pass } = source();
    load.mockResolvedValueOnce('old').mockRejectedValueOnce(new Error('down')).mockResolvedValueOnce('new');
    await value.get();
    pass(1000);
    expect(await value.get()).toBe('old');
    expect(onStale).toHaveBeenCalledWith(new Error('down'));
    pass(1000);
    expect(await value.get()).toBe('new');
  });

  it('that never was cannot be given: the fault is thrown, and the next caller tries again', async () => {
    const { load, value } = source();
    load.mockRejectedValueOnce(new Error('down')).mockResolvedValueOnce('now');
    await expect(value.get()).rejects.toThrow('down');
    expect(await value.get()).toBe('now');
  });
});
