/** The promises of the components, read from the HTML that they become. */
import type { VNode } from 'preact'
import { describe, expect, test } from 'vitest'
import { translatorFor } from '../../i18n/translator.ts'
import {
  Button,
  DataTable,
  DateField,
  Document,
  ErrorSummary,
  Form,
  fieldId,
  LocalizedTextView,
  NumberCard,
  NumberDoor,
  partialDateFrom,
  RepeatingRows,
  renderDocument,
  renderFragment,
  SelectField,
  TextArea,
  TextField,
  VERDICTS,
  Verdict,
} from './index.ts'

const render = (piece: VNode, lang = 'en') => renderFragment(piece, translatorFor(lang))

function page(lang: string, props: Partial<Parameters<typeof Document>[0]> = {}): string {
  return renderDocument(
    <Document
      title="Figures"
      instance={{ name: 'Sursur', href: `/${lang}` }}
      stylesheet="/assets/site.css"
      nav={[{ label: 'Figures', href: `/${lang}/figures`, current: true }]}
      languages={[
        { lang: 'ar', ownName: 'العربية', href: '/ar/figures?year=2014' },
        { lang: 'en', ownName: 'English', href: '/en/figures?year=2014' },
      ]}
      {...props}
    >
      {props.children ?? 'content'}
    </Document>,
    translatorFor(lang),
  )
}

describe('a page', () => {
  test('is whole HTML with language, direction, title, skip link and one main', () => {
    const html = page('ar')
    expect(html).toMatch(/^<!doctype html><html lang="ar" dir="rtl">/)
    expect(html).toContain('<title>Figures – Sursur</title>')
    expect(html).toContain('<a class="skip" href="#content">')
    expect(html.match(/<main id="content"/g)).toHaveLength(1)
    expect(page('en')).toContain('<html lang="en" dir="ltr">')
  })

  test('leads to the same address in each language, by the language’s own name', () => {
    expect(page('en')).toContain('<a href="/ar/figures?year=2014" hreflang="ar" lang="ar">العربية</a>')
    expect(page('en')).toContain('<a href="/en/figures?year=2014" hreflang="en" lang="en" aria-current="true">English</a>')
  })

  test('rulings 7 and 19: says that its data are samples or its texts unreviewed, only when told', () => {
    expect(page('fr')).not.toContain('class="banner')
    expect(page('fr', { unreviewedTexts: true })).toContain('pas encore été relus')
    expect(page('en', { dataKind: 'sample' })).toContain('Sample data')
  })

  test('renews itself without script while a job runs', () => {
    expect(page('en', { refreshSeconds: 3 })).toContain('<meta http-equiv="refresh" content="3"/>')
  })

  test('needs no script and no style in the text', () => {
    expect(page('en')).not.toMatch(/<script|style="|onclick/)
  })

  test('prints the definition of each number as one footnote, the same one once', () => {
    const door = (href: string) => (
      <NumberDoor href={href} definition={`Definition of ${href}`}>
        469
      </NumberDoor>
    )
    const html = page('en', { children: [door('/a'), door('/b'), door('/a')] })
    expect([...html.matchAll(/<sup class="print-only"[^>]*>(\d)<\/sup>/g)].map((match) => match[1])).toEqual(['1', '2', '1'])
    expect(html).toContain('<ol class="footnotes print-only"><li>Definition of /a</li><li>Definition of /b</li></ol>')
  })
})

describe('text that people typed', () => {
  test('never becomes markup: in content, attributes and text areas', () => {
    const nasty = `</textarea><script>alert("1")</script>'`
    const html = render(
      <div>
        <NumberDoor href="/x" definition={nasty}>
          {nasty}
        </NumberDoor>
        <TextField name="t" label={nasty} value={nasty} error={nasty} />
        <TextArea name="a" label="A" value={nasty} />
        <LocalizedTextView value={{ orig: 'en', texts: { en: nasty } }} />
      </div>,
    )
    expect(html).not.toContain('<script')
    expect(html.match(/<\/textarea>/g)).toHaveLength(1)
    expect(html).toContain('value="&lt;/textarea>&lt;script>alert(&quot;1&quot;)')
  })

  test('stands in its own language and direction on any page', () => {
    const value = { orig: 'ar', texts: { ar: 'تبادل' }, state: { ar: 'original' } } as const
    expect(render(<LocalizedTextView value={value} />)).toBe('<bdi lang="ar" dir="rtl">تبادل</bdi>')
    expect(render(<LocalizedTextView value={{ orig: 'und', texts: { und: 'x' } }} />)).toContain('dir="auto"')
  })

  test('is marked when a machine translated it, and only in that language', () => {
    const value = { orig: 'ar', texts: { ar: 'تبادل', en: 'Exchange' }, state: { ar: 'original', en: 'machine' } } as const
    expect(render(<LocalizedTextView value={value} />)).toContain('machine translation')
    expect(render(<LocalizedTextView value={value} />, 'ar')).not.toContain('text-mark')
  })
})

describe('ruling 4: a verdict', () => {
  test.each([
    ['reproduced', '✓', 'Reproduced'],
    ['reproduced_when_rounded', '≈', 'Reproduced when rounded'],
    ['not_reproducible', '≠', 'Not reproducible from the published rows'],
    ['nothing_to_compare', '–', 'Nothing to compare'],
  ] as const)('%s is a sign and words', (verdict, sign, words) => {
    const html = render(<Verdict verdict={verdict} />)
    expect(html).toContain(`aria-hidden="true">${sign}</span>`)
    expect(html).toContain(`>${words}</span>`)
  })

  test('never says wrong, in no language', () => {
    for (const lang of ['ar', 'zh', 'en', 'fr', 'ru', 'es']) {
      for (const verdict of VERDICTS) {
        expect(render(<Verdict verdict={verdict} explained />, lang)).not.toMatch(
          /wrong|false|faux|erreur|ошиб|неверн|خطأ|错误|erróne/i,
        )
      }
    }
  })
})

describe('the card of a number', () => {
  test('ruling 5: shows the printed value as quoted, beside the computed one and the difference', () => {
    const html = render(
      <NumberCard
        title="Share of regional projects"
        value="30.9%"
        numerator={{ value: 145, label: 'regional projects' }}
        denominator={{ value: 469, label: 'projects' }}
        definition={{ id: 'scale.regional', text: 'Listings whose scale is regional.' }}
        reading="all rows"
        rows={469}
        confirmed={402}
        reported={{ value: '31 per cent', source: '¶32', difference: '−0.1 pp' }}
        verdict="reproduced_when_rounded"
      />,
    )
    expect(html).toMatch(/<bdi>30\.9%<\/bdi>/)
    expect(html).toContain('<bdi>31 per cent</bdi>')
    expect(html).toContain('−0.1 pp')
    expect(html).toContain('402 of 469')
    expect(html).toContain('<data value="145">145</data>')
  })

  test('ruling 8: without a value it says not stated, never zero', () => {
    const html = render(<NumberCard title="T" definition={{ id: 'd', text: 'D' }} rows={0} verdict="nothing_to_compare" />)
    expect(html).toContain('<p class="card-value"><span class="not-stated">not stated</span></p>')
  })
})

describe('a table', () => {
  const columns = [
    { key: 'name', label: 'Name', cell: (row: { name: string; budget?: number }) => row.name },
    {
      key: 'budget',
      label: 'Budget',
      kind: 'number' as const,
      cell: (row: { name: string; budget?: number }) => row.budget,
      sortHref: '?sort=budget',
      sorted: 'descending' as const,
    },
  ]
  const rows = [{ name: 'A', budget: 0 }, { name: 'B' }]

  test('has a caption, scopes and the state of its sorting', () => {
    const html = render(<DataTable caption="Initiatives" columns={columns} rows={rows} rowKey={(row) => row.name} />)
    expect(html).toContain('<caption>Initiatives</caption>')
    expect(html).toContain('<th scope="col" class="numeric" aria-sort="descending"><a class="sort" href="?sort=budget"')
    expect(html).toContain('<th scope="row" data-label="Name">A</th>')
  })

  test('ruling 8: an empty cell is not stated, and a zero is a zero', () => {
    const html = render(<DataTable caption="Initiatives" columns={columns} rows={rows} rowKey={(row) => row.name} />)
    expect(html).toContain('data-label="Budget">0</td>')
    expect(html).toContain('data-label="Budget"><span class="not-stated">not stated</span></td>')
  })

  test('with more than four columns keeps its roles, since it becomes cards on a telephone', () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ key: `${index}`, label: `L${index}`, cell: () => 'x' }))
    const html = render(<DataTable caption="C" columns={many} rows={[1]} rowKey={String} />)
    expect(html).toContain('<table class="table table-cards" role="table">')
    expect(html).toContain('role="rowheader"')
    expect(html.match(/role="cell"/g)).toHaveLength(4)
  })

  test('can be scrolled by keyboard inside its frame', () => {
    const html = render(<DataTable caption="Initiatives" columns={columns} rows={rows} rowKey={(row) => row.name} />)
    expect(html).toContain('<section class="table-frame" aria-label="Initiatives" tabindex="0">')
  })

  test('without rows says so instead of showing an empty grid', () => {
    expect(render(<DataTable caption="C" columns={columns} rows={[]} rowKey={() => ''} />)).toContain('No rows.')
  })
})

describe('a form', () => {
  test('ties label, hint and error to the field and keeps what was typed', () => {
    const html = render(<TextField name="partners.0.name" label="Name" hint="As printed" error="Write a name." value="Ab" />)
    expect(html).toContain('<label for="field-partners-0-name">Name</label>')
    expect(html).toContain('aria-describedby="field-partners-0-name-hint field-partners-0-name-error"')
    expect(html).toContain('aria-invalid="true"')
    expect(html).toContain('value="Ab"')
  })

  test('that was refused leads from the summary to each field and takes the focus', () => {
    const html = render(<ErrorSummary errors={[{ field: 'partners.0.name', message: 'Write a name.' }]} />)
    expect(html).toContain(`<a href="#${fieldId('partners.0.name')}">Write a name.</a>`)
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/)
    expect(render(<ErrorSummary errors={[]} />)).toBe('')
  })

  test('is saved by the Enter key: the first submit button is not one that removes a row', () => {
    const html = render(
      <Form action="/save">
        <RepeatingRows name="partners" legend="Partners" rowLabel="Partner" addLabel="Add" rows={['one', 'two']} />
        <Button>Save</Button>
      </Form>,
    )
    expect(html.indexOf('<button type="submit" class="visually-hidden"')).toBeLessThan(html.indexOf('remove-row'))
  })

  test('adds and removes rows without script: submit buttons with name and value', () => {
    const html = render(
      <RepeatingRows name="partners" legend="Partners" rowLabel="Partner" addLabel="Add" rows={['one', 'two']} max={2} />,
    )
    expect(html).toContain('name="remove-row" value="partners.1" aria-label="Remove: Partner 2"')
    expect(html).not.toContain('name="add-row"')
    expect(render(<RepeatingRows name="p" legend="P" rowLabel="P" addLabel="Add" rows={['one']} min={1} />)).not.toContain(
      'remove-row',
    )
  })

  test('keeps the choice of a list', () => {
    const html = render(<SelectField name="c" label="C" choices={[{ value: 'BRA', label: 'Brazil' }]} value="BRA" />)
    expect(html).toContain('<option value="BRA" selected>Brazil</option>')
  })

  test.each([
    [{ 'start-year': '2014', 'start-month': '', 'start-day': '' }, '2014'],
    [{ 'start-year': '2014', 'start-month': '03', 'start-day': '5' }, '2014-03-05'],
    [{ 'start-year': ' ', 'start-month': '', 'start-day': '' }, undefined],
    [{ 'start-year': '2014', 'start-month': '', 'start-day': '5' }, '2014--05'],
    [{}, undefined],
  ])('a date sent as %j is %s', (sent, expected) => {
    expect(partialDateFrom(sent, 'start')).toBe(expected)
  })

  test('shows a date as precisely as it is known', () => {
    const html = render(<DateField name="start" label="Start" value="2012-04" />)
    expect(html).toContain('value="2012"')
    expect(html).toContain('<option value="04" selected>April</option>')
  })
})
