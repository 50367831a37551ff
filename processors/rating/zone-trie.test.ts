import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ZoneTrie } from './zone-trie.ts';

const number = fc.string({ unit: fc.constantFrom('+', '0', '1', '2', '9'), maxLength: 5 });

test('the zone is that of the longest prefix', () => {
  fc.assert(
    fc.property(
      fc.array(number, { maxLength: 60 }),
      fc.array(number, { minLength: 1 }),
      (prefixes, numbers) => {
        const trie = new ZoneTrie();
        const zones = new Map<string, number>();
        for (const [zone, prefix] of prefixes.entries()) {
          assert.equal(trie.add(prefix, zone), !zones.has(prefix));
          if (!zones.has(prefix)) zones.set(prefix, zone);
        }
        for (const called of numbers) {
          let expected = -1;
          for (let length = 0; length <= called.length; length++)
            expected = zones.get(called.slice(0, length)) ?? expected;
          const bytes = Buffer.from(`x${called}9`);
          assert.equal(trie.find(bytes, 1, bytes.length - 1), expected, called);
        }
      },
    ),
  );
});

test('a number is matched up to its first other character', () => {
  const trie = new ZoneTrie();
  trie.add('+44', 0);
  trie.add('+4420', 1);
  assert.equal(trie.find(Buffer.from('+44/20'), 0, 6), 0);
  assert.equal(trie.find(Buffer.from('sip:+44'), 0, 7), -1);
  assert.equal(trie.find(Buffer.from(''), 0, 0), -1);
});

test('an empty prefix takes every number', () => {
  const trie = new ZoneTrie();
  trie.add('', 3);
  assert.equal(trie.find(Buffer.from('sip:x'), 0, 5), 3);
});
