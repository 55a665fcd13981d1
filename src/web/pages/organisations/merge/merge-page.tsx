/** Where organisations are merged: likely duplicates, a choice by hand, and the merges that were made, each with a way back. */
import { areaName } from '../../../../codes/index.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import {
  getOrgQuery,
  type LikelyDuplicate,
  type ListedMerge,
  listLikelyDuplicates,
  listOrgMerges,
  listOrgs,
  NEWEST_COMPARED,
  type Org,
} from '../../../../modules/directory/index.ts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Form,
  LocalizedTextView,
  Page,
  Tag,
  TextField,
} from '../../../components/index.ts'
import { type PeopleNames, peopleNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'

export async function mergePage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const chosen = query.get('org') || undefined
  const org = chosen === undefined ? undefined : await context.operations.run(getOrgQuery, { org: chosen }, actor)
  const about = org === undefined ? {} : { orgId: org.id }
  const likely = await context.operations.run(listLikelyDuplicates, about, actor)
  const merges = await context.operations.run(listOrgMerges, about, actor)
  const people = await peopleNames(
    request,
    merges.map(({ mergedBy }) => mergedBy),
  )
  const title = t('directory.merge.title')
  return {
    title,
    noIndex: true,
    body: (
      <Page
        title={title}
        {...(org && { kicker: textFor(org.names, t.lang)?.text ?? org.id })}
        trail={[{ label: t('registry.orgs.title'), href: at('/organisations') }]}
        lead={t('directory.merge.lead')}
      >
        <section>
          <h2 id="likely">{t('directory.merge.likely')}</h2>
          {org === undefined && (
            <p class="hint">{t('directory.merge.likely-hint', { count: NEWEST_COMPARED, shown: t.number(NEWEST_COMPARED) })}</p>
          )}
          <DataTable
            caption={t('directory.merge.likely')}
            captionHidden
            columns={likelyColumns(request)}
            rows={likely}
            rowKey={({ one, other }) => `${one.id} ${other.id}`}
            empty={<EmptyState title={t('directory.merge.none-likely')} />}
          />
        </section>
        <ByHand request={request} org={org} />
        <section>
          <h2 id="merges">{t('directory.merge.made')}</h2>
          <DataTable
            caption={t('directory.merge.made')}
            captionHidden
            columns={mergeColumns(request, people)}
            rows={merges}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('directory.merge.none-made')} />}
          />
        </section>
      </Page>
    ),
  }
}

/** First the one organisation is looked for, then the other; each choice is an address. */
async function found({ context, actor, query, t }: PageRequest): Promise<readonly Org[] | undefined> {
  const search = query.get('q')?.trim()
  if (!search) return undefined
  return (await context.operations.run(listOrgs, { search, lang: t.lang, limit: 20 }, actor)).rows
}

function ByHand({ request, org }: { readonly request: PageRequest; readonly org: Org | undefined }) {
  const { t, at, query } = request
  return (
    <section>
      <h2 id="by-hand">{t(org === undefined ? 'directory.merge.by-hand' : 'directory.merge.with-another')}</h2>
      <Form method="get" action={at('/organisations/merge/find')} hidden={org === undefined ? {} : { org: org.id }}>
        <TextField name="q" type="search" label={t('registry.orgs.search')} value={query.get('q') ?? ''} width="medium" />
        <Button kind="secondary">{t('directory.merge.find')}</Button>
      </Form>
    </section>
  )
}

/** What the search found, each with the next step: choose as the first, or compare with the first. */
export async function findPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const chosen = query.get('org') || undefined
  const org = chosen === undefined ? undefined : await context.operations.run(getOrgQuery, { org: chosen }, actor)
  // The right is that of merging, also for looking for what to merge.
  await context.operations.run(listOrgMerges, { limit: 1 }, actor)
  const rows = ((await found(request)) ?? []).filter(({ id }) => id !== org?.id)
  const title = t(org === undefined ? 'directory.merge.by-hand' : 'directory.merge.with-another')
  return {
    title,
    noIndex: true,
    body: (
      <Page
        title={title}
        {...(org && { kicker: textFor(org.names, t.lang)?.text ?? org.id })}
        trail={[
          { label: t('registry.orgs.title'), href: at('/organisations') },
          { label: t('directory.merge.title'), href: at('/organisations/merge') },
        ]}
      >
        <ByHand request={request} org={org} />
        <DataTable
          caption={title}
          captionHidden
          columns={[
            { key: 'name', label: t('registry.orgs.name'), cell: ({ names }) => <LocalizedTextView value={names} /> },
            {
              key: 'step',
              label: t('directory.merge.next'),
              cell: ({ id }) =>
                org === undefined ? (
                  <a href={at(`/organisations/merge?org=${id}`)}>{t('directory.merge.choose')}</a>
                ) : (
                  <a href={at(`/organisations/merge/compare?one=${org.id}&other=${id}`)}>{t('directory.merge.compare')}</a>
                ),
            },
          ]}
          rows={rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('registry.orgs.none')} />}
        />
      </Page>
    ),
  }
}

function likelyColumns({ t, at }: PageRequest): Column<LikelyDuplicate>[] {
  const name = (org: Org) => (
    <a href={at(`/organisations/${org.id}`)}>
      <LocalizedTextView value={org.names} />
    </a>
  )
  return [
    { key: 'one', label: t('directory.merge.one'), cell: ({ one }) => name(one) },
    { key: 'other', label: t('directory.merge.other'), cell: ({ other }) => name(other) },
    {
      key: 'country',
      label: t('directory.field.countryCode'),
      cell: ({ one, other }) => {
        const code = one.countryCode ?? other.countryCode
        return code === null ? undefined : areaName(code, t.lang)
      },
    },
    {
      key: 'because',
      label: t('directory.merge.because'),
      cell: ({ because, likeness }) => t(`directory.merge.because.${because}`, { likeness: t.percent(likeness) }),
    },
    {
      key: 'step',
      label: t('directory.merge.next'),
      cell: ({ one, other }) => (
        <a href={at(`/organisations/merge/compare?one=${one.id}&other=${other.id}`)}>{t('directory.merge.compare')}</a>
      ),
    },
  ]
}

function mergeColumns({ t, at }: PageRequest, people: PeopleNames): Column<ListedMerge>[] {
  return [
    {
      key: 'kept',
      label: t('directory.merge.stays'),
      cell: ({ keptId, keptNames }) => (
        <a href={at(`/organisations/${keptId}`)}>
          <LocalizedTextView value={keptNames} />
        </a>
      ),
    },
    { key: 'merged', label: t('directory.merge.goes'), cell: ({ mergedNames }) => <LocalizedTextView value={mergedNames} /> },
    {
      key: 'at',
      label: t('directory.merge.when'),
      cell: ({ mergedAt, mergedBy }) => (
        <>
          {t.instant(mergedAt)}
          <br />
          <span class="muted">
            <bdi>{people(mergedBy)}</bdi>
          </span>
        </>
      ),
    },
    { key: 'reason', label: t('directory.merge.reason'), cell: ({ reason }) => <bdi>{reason}</bdi> },
    {
      key: 'undo',
      label: t('directory.merge.next'),
      cell: ({ id, undoneAt }) =>
        undoneAt === null ? (
          <a href={at(`/organisations/merge/undo?merge=${id}`)}>{t('directory.undo.title')}</a>
        ) : (
          <Tag>{t('directory.merge.undone', { at: t.instant(undoneAt) })}</Tag>
        ),
    },
  ]
}
