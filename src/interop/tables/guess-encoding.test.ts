/** Encodings of sentences in the languages that tables come in. */
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { guessLegacyEncoding } from './guess-encoding.ts'

test.each([
  ['windows-1252', 'Coopération triangulaire : échange d’expériences entre le Sénégal et la Côte d’Ivoire'],
  ['windows-1252', 'Gestión de la educación pública en América Latina: año 2014'],
  ['windows-1252', 'Cooperação técnica em saúde: formação de profissionais em São Tomé e Príncipe'],
  ['windows-1251', 'Обмен опытом в области управления водными ресурсами; Таджикистан'],
  ['windows-1256', 'تدريب المهندسين على إدارة الموارد المائية في السودان'],
  ['gb18030', '南南合作项目清单：农业技术示范中心，受援国为埃塞俄比亚'],
  ['koi8-r', 'Обмен опытом в области управления водными ресурсами'],
  ['cp866', 'Обмен опытом в области управления водными ресурсами'],
  ['windows-1250', 'Výměna zkušeností v oblasti zemědělství a školství, řízení vodních zdrojů'],
  ['cp850', 'Gestión de la educación pública en América Latina: año 2014'],
  ['macintosh', 'Gestión de la educación pública en América Latina: año 2014'],
])('%s: %s', (encoding, text) => {
  expect(guessLegacyEncoding(iconv.encode(text, encoding)).encoding).toBe(encoding)
})
