import { expect, test } from 'vitest';

test('first', () => expect(1 + 1).toBe(2));
