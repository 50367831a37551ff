import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textResults } from './text-results.ts';

test('literal results are found in all branches, other texts are not', () => {
  const text = "if(startsWith(calledNumber, '+449'), 'PREMIUM', if(callType in ('x'), flex1, 'CALL'))";
  assert.deepEqual(textResults(text), [
    { value: 'PREMIUM', position: text.indexOf("'PREMIUM") },
    { value: 'CALL', position: text.indexOf("'CALL") },
  ]);
  assert.deepEqual(textResults("concat('a', 'b')"), []);
  assert.deepEqual(textResults("('SMS')"), [{ value: 'SMS', position: 1 }]);
});
