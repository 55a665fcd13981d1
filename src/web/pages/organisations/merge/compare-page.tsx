/** The question before a merge: both records side by side, what the kept one will say, and what follows. Then the deed. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { type MergePreview, mergeOrgs, type OrgFacts, previewMerge } from '../../../../modules/directory/index.ts'
import { listOrgInitiatives } from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  type Column,
  DataTable,
  ErrorSummary,
  Form,
  type FormError,
  Page,
  Tag,
  TextArea,
} from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { orgNames } from '../../initiatives/naming.ts'
import { COMPARED_FIELDS, type ComparedField, fieldLines } from './field-text.ts'

export async function comparePage(request: PageRequest, errors: readonly FormError[] = [], status = 422): Promise<PageContent> {
  const { t, at, context, actor } = request
  const ids = chosenIds(request)
  const preview = await context.operations.run(previewMerge, ids, actor)
  const { kept, merged, after } = preview
  const pointed = [kept, merged, after].flatMap(({ parentId, ownerOrg }) => [parentId, ownerOrg]).filter((id) => id !== null)
  const orgs = await orgNames(request, pointed)
  const initiatives = await context.operations.run(listOrgInitiatives, { orgId: merged.id, limit: 500 }, actor)
  const title = t('directory.merge.compare')
  return {
    title,
    noIndex: true,
    ...(errors.length > 0 ? { status } : {}),
    body: (
      <Page
        title={title}
        trail={[
          { label: t('registry.orgs.title'), href: at('/organisations') },
          { label: t('directory.merge.title'), href: at('/organisations/merge') },
        ]}
        lead={t('directory.merge.compare-lead', { kept: nameOf(request, kept.names), merged: nameOf(request, merged.names) })}
      >
        <ErrorSummary errors={errors} />
        <DataTable
          caption={title}
          captionHidden
          columns={columnsOf(request, preview, orgs)}
          rows={COMPARED_FIELDS}
          rowKey={(field) => field}
          wide
        />
        <Follows request={request} preview={preview} initiatives={new Set(initiatives.map(({ id }) => id)).size} />
        <Form action={at('/organisations/merge/compare')} hidden={{ one: ids.keptId, other: ids.mergedId }} label={title}>
          <TextArea
            name="reason"
            label={t('directory.merge.reason')}
            hint={t('directory.merge.reason-hint')}
            value={request.form.get('reason') ?? ''}
            error={errors.find(({ field }) => field === 'reason')?.message}
            rows={3}
            maxLength={2000}
          />
          <ButtonRow>
            <Button>{t('directory.merge.do')}</Button>
            <ButtonLink href={at('/organisations/merge')} kind="secondary">
              {t('people.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function mergeFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, form } = request
  try {
    const reason = form.get('reason') ?? ''
    const { id, keptId } = await context.operations.run(mergeOrgs, { ...chosenIds(request), reason }, actor)
    return seeOther(`${at(`/organisations/${keptId}`)}?merge=${id}`)
  } catch (error) {
    // What concerns the two organisations and not the reason has no form to come back to.
    const isReason = error instanceof Problem && error.details.some(({ place }) => place?.field === 'reason')
    if (!isReason) throw error
    return comparePage(
      request,
      error.details.map((one) => ({ field: 'reason', message: problemText(t, one) })),
    )
  }
}

function chosenIds({ method, query, form }: PageRequest): { keptId: string; mergedId: string } {
  const given = method === 'POST' ? form : query
  return { keptId: given.get('one') ?? '', mergedId: given.get('other') ?? '' }
}

function nameOf({ t }: PageRequest, names: OrgFacts['names']): string {
  return textFor(names, t.lang)?.text ?? names.orig
}

function columnsOf(
  { t }: PageRequest,
  { kept, merged, after, changes }: MergePreview,
  orgs: ReadonlyMap<string, string>,
): Column<ComparedField>[] {
  const cell = (facts: OrgFacts) => (field: ComparedField) => {
    const lines = fieldLines(t, facts, field, orgs)
    return lines.length === 0
      ? undefined
      : lines.map((line) => (
          <div key={line}>
            <bdi>{line}</bdi>
          </div>
        ))
  }
  return [
    { key: 'field', label: t('directory.merge.field'), cell: (field) => t(`directory.field.${field}`) },
    { key: 'kept', label: t('directory.merge.stays'), cell: cell(kept) },
    { key: 'merged', label: t('directory.merge.goes'), cell: cell(merged) },
    {
      key: 'after',
      label: t('directory.merge.after'),
      cell: (field) => (
        <>
          {changes.includes(field) && <Tag tone="note">{t('directory.merge.changes')}</Tag>}
          {cell(after)(field) ?? '–'}
        </>
      ),
    },
  ]
}

interface FollowsProps {
  readonly request: PageRequest
  readonly preview: MergePreview
  readonly initiatives: number
}

function Follows({ request: { t }, preview: { moves }, initiatives }: FollowsProps) {
  const counts = { initiatives, ...moves }
  return (
    <section>
      <h2 id="follows">{t('directory.merge.follows')}</h2>
      <p>{t('directory.merge.follows-how')}</p>
      <ul>
        {Object.entries(counts).map(([kind, count]) => (
          <li key={kind}>{t(`directory.merge.follows.${kind}`, { count, shown: t.number(count) })}</li>
        ))}
      </ul>
    </section>
  )
}
