import { describe, expect, it } from '@jest/globals';
import { fields } from '../../../local/template/fields.ts';

const place = 'Table.Properties';

describe('properties', () => {
  it('may be written as CloudFormation lets them: numbers and truth as text, and text as a number', () => {
    const read = fields({ Seconds: '30', Public: 'true', Account: 123 }, place);
    expect([read.number('Seconds'), read.flag('Public', false), read.text('Account')]).toEqual([30, true, '123']);
  });

  it('of an author who must be exact may not', () => {
    const read = fields({ Seconds: '30', Account: 123 }, place, { exact: true, nextStep: 'Mend the function.' });
    expect(() => read.number('Seconds')).toThrow('Table.Properties.Seconds: should be a number. Mend the function.');
    expect(() => read.text('Account')).toThrow('should be a string');
  });

  it('that are wrong are an error with their path, into groups and lists', () => {
    const read = fields({ Keys: [{ Name: 'pk' }, { Name: {} }], Names: ['a', []], Group: 'x' }, place);
    const names = (): string[] => read.groups('Keys').map((key) => key.text('Name'));
    expect(names).toThrow(
      'Table.Properties.Keys[1].Name: should be a string. Mend it, or what it resolves to, in lib/.',
    );
    expect(() => read.texts('Names')).toThrow('Table.Properties.Names[1]: should be a string.');
    expect(() => read.texts('Group')).toThrow('Table.Properties.Group: should be a list.');
    expect(() => read.group('Group')).toThrow('Table.Properties.Group: should be an object.');
    expect(() => fields([], place)).toThrow('Table.Properties: should be an object.');
  });

  it('that are absent are what is said for them; without that they are an error', () => {
    const read = fields({}, place);
    expect([read.text('A', 'a'), read.number('B', 1), read.texts('C'), read.groups('D')]).toEqual(['a', 1, [], []]);
    expect(read.group('E').text('F', 'f')).toBe('f');
    expect(() => read.number('G')).toThrow('Table.Properties.G: should be a number.');
  });

  it('that are neither read nor ignored are an error in the end, with all of them and where to add them', () => {
    const read = fields({ Read: 1, Ignored: 2, Strange: 3, Odd: 4 }, place);
    read.number('Read');
    const ignored = { Ignored: 'for people' };
    expect(() => read.done('local/table.ts', { ...ignored, Odd: 'why not' })).toThrow(
      'Table.Properties.Strange: is not known to the local cloud. ' +
        'Honour it in local/table.ts, or list it there among the ignored ones with the reason.',
    );
    expect(() => read.done('local/table.ts', ignored)).toThrow(
      'Table.Properties.Strange, Table.Properties.Odd: are not known to the local cloud. Honour them in',
    );
  });
});
