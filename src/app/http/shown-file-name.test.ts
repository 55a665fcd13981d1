import { expect, test } from 'vitest'
import { shownFileName } from './shown-file-name.ts'

test.each([
  ['list.csv', 'list.csv'],
  ['../../etc/list.csv', 'list.csv'],
  ['C:\\Users\\a\\list.csv', 'list.csv'],
  ['report\u202excod.exe', 'reportxcod.exe'],
  ['a\r\nset-cookie: x\u0000.csv', 'aset-cookie: x.csv'],
  ['مشاريع\u200c.xlsx', 'مشاريع\u200c.xlsx'],
  ['..', '_'],
  ['\u0007', '_'],
  ['', ''],
  [`${'x'.repeat(300)}.csv`, 'x'.repeat(200)],
])('%j is shown as %j', (sent, shown) => expect(shownFileName(sent)).toBe(shown))
