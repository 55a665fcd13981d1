/**
 * The gallery: every component in all its states, in the language of the reader. For those who build pages, and for
 * looking at after each change in English, Arabic, Russian and Chinese.
 */
import { Page, Tabs, useTranslator } from '../../components/index.ts'
import { Charts } from './charts.tsx'
import { Forms } from './forms.tsx'
import { Lists } from './lists.tsx'
import { NumbersAndWords } from './numbers-and-words.tsx'
import { Records } from './records.tsx'

const SECTIONS = [
  { id: 'numbers', Content: NumbersAndWords },
  { id: 'records', Content: Records },
  { id: 'lists', Content: Lists },
  { id: 'forms', Content: Forms },
  { id: 'charts', Content: Charts },
] as const

/** Content of `/{lang}/components`; the route puts it into a `Document` with `dataKind="fictional"`. */
export function ComponentGallery() {
  const t = useTranslator()
  return (
    <Page title={t('components.gallery.title')} lead={<p>{t('components.gallery.lead')}</p>}>
      <Tabs
        label={t('components.gallery.sections')}
        tabs={SECTIONS.map(({ id }) => ({ label: t(`components.gallery.${id}`), href: `#${id}` }))}
      />
      {SECTIONS.map(({ id, Content }) => (
        <section key={id} id={id}>
          <h2>{t(`components.gallery.${id}`)}</h2>
          <Content />
        </section>
      ))}
    </Page>
  )
}
