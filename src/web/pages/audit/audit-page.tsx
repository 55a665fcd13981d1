/** Who did what to which record, when and why; where the chain stands, and whether it held when it was last read as a whole. */
import { AUDIT_OUTCOMES, type AuditState, browseAuditTrail, getAuditState } from '../../../modules/access/index.ts'
import {
  Button,
  ButtonRow,
  ErrorSummary,
  Form,
  Notice,
  Page,
  Panel,
  SelectField,
  SummaryList,
  TextField,
  WithSidebar,
} from '../../components/index.ts'
import { FILE_FORMATS } from '../../list-files.ts'
import { peopleNames } from '../../people-names.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { auditAddress, auditFields, auditFilter } from './audit-address.ts'
import { personAsShown, suggestedPeople, withKnownActor } from './audit-people.ts'
import { AuditTable } from './audit-table.tsx'
import { type WrongField, wrongFields } from './wrong-fields.ts'

export async function auditPage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context, query } = request
  const fields = withKnownActor(t, auditFields(query))
  const cursor = query.get('cursor') ?? undefined
  const input = { ...auditFilter(fields), ...(cursor === undefined ? {} : { cursor }) }
  const wrong = wrongFields(t, browseAuditTrail.input.safeParse(input), fields)
  const page = wrong.length > 0 ? { rows: [], next: null } : await context.operations.run(browseAuditTrail, input, actor)
  const state = await context.operations.run(getAuditState, {}, actor)
  const people = await peopleNames(
    request,
    page.rows.map(({ actorId }) => actorId),
  )
  const suggested = await suggestedPeople(
    request,
    page.rows.map(({ actorId }) => people(actorId)),
  )
  const title = t('audit.title')
  const path = at('/audit')
  return {
    title,
    noIndex: true,
    status: wrong.length > 0 ? 422 : 200,
    about: {
      downloads: FILE_FORMATS.map(({ format, extension }) => ({ format, href: auditAddress(`${path}.${extension}`, fields) })),
    },
    body: (
      <Page title={title} lead={t('audit.lead')}>
        <ErrorSummary errors={wrong} />
        <ChainPanel request={request} state={state} />
        <WithSidebar aside={<FilterForm request={request} fields={fields} wrong={wrong} suggested={suggested} />}>
          {wrong.length === 0 && <AuditTable request={request} rows={page.rows} people={people} />}
          {(cursor !== undefined || page.next !== null) && (
            <p>
              {cursor !== undefined && <a href={auditAddress(path, fields)}>{t('audit.newest')}</a>}{' '}
              {page.next !== null && (
                <a rel="next" href={auditAddress(path, fields, { cursor: page.next })}>
                  {t('audit.older')}
                </a>
              )}
            </p>
          )}
        </WithSidebar>
      </Page>
    ),
  }
}

function ChainPanel({ request: { t }, state: { head, lastVerification } }: { request: PageRequest; state: AuditState }) {
  const broken = lastVerification?.finding ?? null
  return (
    <Panel title={t('audit.chain.title')} id="chain">
      {broken !== null && (
        <Notice kind="bad" title={t('audit.chain.broken', { seq: t.number(lastVerification?.brokenSeq ?? 0) })}>
          <p>{t('audit.verify.advice')}</p>
        </Notice>
      )}
      <SummaryList
        facts={[
          { label: t('audit.chain.events'), value: t.number(head?.seq ?? 0) },
          {
            label: t('audit.chain.head'),
            value: head && <code dir="ltr">{head.hash}</code>,
          },
          {
            label: t('audit.chain.verified'),
            value: lastVerification
              ? t(broken === null ? 'audit.chain.held' : 'audit.chain.did-not-hold', {
                  at: t.instant(lastVerification.at),
                  count: lastVerification.events,
                  shown: t.number(lastVerification.events),
                })
              : t('audit.chain.never'),
          },
        ]}
      />
    </Panel>
  )
}

interface FilterFormProps {
  readonly request: PageRequest
  readonly fields: ReturnType<typeof auditFields>
  readonly wrong: readonly WrongField[]
  readonly suggested: readonly string[]
}

function FilterForm({ request: { t, at }, fields, wrong, suggested }: FilterFormProps) {
  const field = (name: keyof typeof fields & string) => ({
    name,
    label: t(`audit.filter.${name}`),
    value: fields[name],
    error: wrong.find((one) => one.field === name)?.message,
  })
  const day = { width: 'medium', dir: 'ltr', hint: t('audit.filter.day-hint') } as const
  return (
    <details class="filters" open={wrong.length > 0 || Object.keys(fields).length > 0}>
      <summary>{t('components.filters.name')}</summary>
      <Form action={at('/audit')} method="get" label={t('components.filters.name')}>
        <TextField {...field('record')} hint={t('audit.filter.record-hint')} dir="ltr" />
        <TextField
          {...field('person')}
          value={personAsShown(t, fields.person)}
          hint={t('audit.filter.person-hint')}
          suggestions={suggested}
        />
        <TextField {...field('operation')} hint={t('audit.filter.operation-hint')} dir="ltr" />
        <SelectField
          {...field('outcome')}
          choices={AUDIT_OUTCOMES.map((outcome) => ({ value: outcome, label: t(`audit.outcome.${outcome}`) }))}
        />
        <TextField {...field('from')} {...day} />
        <TextField {...field('to')} {...day} />
        <TextField {...field('request')} width="medium" dir="ltr" />
        <ButtonRow>
          <Button>{t('components.filters.apply')}</Button>
        </ButtonRow>
        <p>
          <a href={at('/audit')}>{t('components.chips.clear')}</a>
        </p>
      </Form>
    </details>
  )
}
