/** A received package of another instance: where it comes from, whether its key is known, and the collection that it goes into. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type OpenedPackage, openPackage } from '../../../../interop/releases/index.ts'
import type { ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import { collectionFor, trustIn } from '../../../../jobs/releases/import-release.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { localizedText } from '../../../../kernel/localized-text.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { listCollectionsQuery } from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonRow,
  CheckboxField,
  ErrorSummary,
  Form,
  type FormError,
  FormSection,
  Notice,
  Page,
  SummaryList,
} from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { Fingerprint } from '../../releases/key-page.tsx'
import { nameOfField } from '../../releases/words.ts'
import { readTarget, type Target } from '../published/target.ts'
import { TargetFields } from '../target-fields.tsx'
import { isolated, sizeText } from '../words.ts'

interface Typed {
  readonly target?: Target
  readonly errors: readonly FormError[]
  readonly status: number
}

export async function packagePage(request: PageRequest, draft: ImportDraft, typed?: Typed): Promise<PageContent> {
  const { t, at, context, actor } = request
  const path = await context.imports.of(actor).pathOf(draft.key)
  const opened = await openPackage(path).catch(asProblem)
  const errors = typed?.errors ?? []
  return {
    title: t('releases.import.title', { file: isolated(draft.fileName) }),
    place: 'imports',
    noIndex: true,
    ...(typed ? { status: typed.status } : {}),
    body: (
      <Page
        title={<bdi>{draft.fileName}</bdi>}
        kicker={t('releases.import.kicker')}
        trail={[{ label: t('imports.title'), href: at('/imports') }]}
        lead={opened instanceof Problem ? undefined : t('releases.import.lead')}
      >
        <ErrorSummary errors={errors} />
        {opened instanceof Problem ? (
          <Refused request={request} draft={draft} problem={opened} />
        ) : (
          <>
            <OriginSummary request={request} draft={draft} opened={opened} />
            {await targetForm(request, draft, opened, typed)}
          </>
        )}
      </Page>
    ),
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}

interface DraftProps {
  readonly request: PageRequest
  readonly draft: ImportDraft
}

function Refused({ request: { t, at }, draft, problem }: DraftProps & { readonly problem: Problem }) {
  return (
    <>
      <Notice kind="bad" title={problemText(t, problem)}>
        <p>{t('releases.import.nothing-stored')}</p>
      </Notice>
      <form method="post" action={at(`/imports/new/${draft.key}/discard`)}>
        <Button kind="secondary">{t('imports.discard')}</Button>
      </form>
    </>
  )
}

function OriginSummary({ request: { t }, draft, opened }: DraftProps & { readonly opened: OpenedPackage }) {
  const { instance, release, records, withheldFields } = opened.origin
  return (
    <section aria-labelledby="origin">
      <h2 id="origin">{t('releases.import.origin')}</h2>
      <SummaryList
        facts={[
          { label: t('releases.field.instance-name'), value: <bdi>{instance.name}</bdi> },
          { label: t('releases.field.by'), value: <bdi>{release.by}</bdi> },
          { label: t('releases.field.at'), value: t.instant(release.at) },
          { label: t('releases.field.addressee'), value: <bdi>{release.addressee}</bdi> },
          { label: t('releases.field.purpose'), value: <bdi>{release.purpose}</bdi> },
          { label: t('releases.field.licence'), value: <bdi>{release.licence}</bdi> },
          { label: t('releases.field.records'), value: t.number(records.length) },
          {
            label: t('releases.withheld-everywhere'),
            value:
              withheldFields.length === 0
                ? t('releases.nothing-withheld')
                : t.list(withheldFields.map((field) => nameOfField(t, field))),
          },
          { label: t('releases.field.fingerprint'), value: <Fingerprint value={opened.fingerprint} /> },
          { label: t('imports.column.size'), value: sizeText(t, draft.fileBytes) },
        ]}
      />
    </section>
  )
}

async function targetForm(request: PageRequest, draft: ImportDraft, opened: OpenedPackage, typed: Typed | undefined) {
  const { t, at, context, actor, may } = request
  const { state, known } = await trustIn(context.operations, actor, opened)
  const name = isolated(opened.origin.instance.name)
  if (state === 'own') return <Notice kind="bad" title={t('releases.problem.own-package', { instance: name })} />
  const mayTrust = may('registry.release.trust')
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const target = typed?.target ?? (await proposedTarget(request, opened, collections))
  const address = at(`/imports/new/${draft.key}`)
  return (
    <Form action={address} label={t('releases.import.kicker')}>
      {state === 'known' ? (
        <Notice kind="good" title={t('releases.import.known', { instance: name })} />
      ) : (
        <FormSection title={t('releases.import.trust')} hint={t('releases.import.trust-hint', { instance: name })}>
          {state === 'changed' && (
            <Notice kind="bad" title={t('releases.import.changed', { instance: name })}>
              {known.map((fingerprint) => (
                <p key={fingerprint}>
                  <Fingerprint value={fingerprint} />
                </p>
              ))}
            </Notice>
          )}
          {mayTrust ? (
            <CheckboxField name="trust" value={opened.fingerprint} label={t('releases.import.compared')} />
          ) : (
            <Notice title={t('releases.import.trust-by-others')} />
          )}
        </FormSection>
      )}
      <FormSection title={t('imports.target.title')} hint={t('releases.import.target-hint')}>
        <TargetFields request={request} collections={collections} target={target} errors={typed?.errors ?? []} />
      </FormSection>
      <ButtonRow>
        {(state === 'known' || mayTrust) && (
          <Button>
            {t('releases.import.do', { count: opened.origin.records.length, shown: t.number(opened.origin.records.length) })}
          </Button>
        )}
        <Button kind="quiet" formAction={`${address}/discard`}>
          {t('imports.discard')}
        </Button>
      </ButtonRow>
    </Form>
  )
}

/** Where the release before it went, else a new collection with the name of the instance. */
async function proposedTarget(
  { context, actor }: PageRequest,
  opened: OpenedPackage,
  collections: readonly { readonly key: string; readonly readOnly: boolean }[],
): Promise<Target> {
  const key = await collectionFor(context.operations, actor, opened)
  const known = collections.some((one) => one.key === key && !one.readOnly)
  return { key, isNew: !known, name: known ? '' : opened.origin.instance.name, entryState: 'published' }
}

export async function startPackage(request: PageRequest, draft: ImportDraft): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, form, may } = request
  const kept = context.imports.of(actor)
  const path = await kept.pathOf(draft.key)
  const opened = await openPackage(path).catch(asProblem)
  if (opened instanceof Problem) return packagePage(request, draft, { errors: [], status: 422 })
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const { target, errors } = readTarget(form, collections, may('registry.initiative.publish'), t)
  const trust = form.get('trust') ?? undefined
  const { state } = await trustIn(context.operations, actor, opened)
  const all =
    state === 'known' || trust !== undefined ? errors : [{ field: 'trust', message: t('releases.wrong.not-compared') }, ...errors]
  if (all.length > 0) return packagePage(request, draft, { target, errors: all, status: 422 })
  try {
    const run = await context.imports.start(
      {
        path,
        fileName: draft.fileName,
        as: 'release',
        portfolio: target.key,
        ...(trust === undefined ? {} : { trust }),
        ...(target.isNew
          ? { collection: { entryState: target.entryState, names: localizedText(target.name === '' ? target.key : target.name) } }
          : {}),
      },
      actor,
    )
    await kept.saveDraft({ ...draft, importedAs: run.id })
    return seeOther(at(`/imports/${run.id}`))
  } catch (error) {
    const problem = asProblem(error)
    return packagePage(request, draft, { target, errors: [{ message: problemText(t, problem) }], status: 422 })
  }
}
