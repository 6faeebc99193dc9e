import { expect, test } from 'vitest';

test('second', () => expect(1 + 1).toBe(2));
