/** A received published file: what was recognised, and the collection that it goes into; then it is checked or imported. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import {
  type RecognisedPublication,
  recognisePublishedFile,
} from '../../../../jobs/imports/published/recognise-published-file.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { type Collection, listCollectionsQuery, listImportRuns } from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonRow,
  ErrorSummary,
  Form,
  type FormError,
  FormSection,
  Notice,
  Page,
  Steps,
  SummaryList,
} from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { TargetFields } from '../target-fields.tsx'
import { isolated, sizeText } from '../words.ts'
import { publishedSteps } from './steps.ts'
import { proposedTarget, type Target } from './target.ts'

const LOOKED_AT_RUNS = 200

export async function publishedFilePage(
  request: PageRequest,
  draft: ImportDraft,
  typed?: { readonly target: Target; readonly errors: readonly FormError[] },
): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const runs = await context.operations.run(listImportRuns, { limit: LOOKED_AT_RUNS }, actor)
  const target = typed?.target ?? proposedTarget(draft, collections, runs, query.get('collection'))
  const errors = typed?.errors ?? []
  const found = await recognised(await context.imports.of(actor).pathOf(draft.key), draft.fileName)
  const before = runs.find((run) => run.fileDigest === draft.key && run.state === 'applied')
  const address = at(`/imports/new/${draft.key}`)
  const waitsFor = query.get('waits')
  return {
    title: t('published.file.title', { file: isolated(draft.fileName) }),
    place: 'imports',
    noIndex: true,
    ...(errors.length > 0 ? { status: 422 } : {}),
    body: (
      <Page
        title={<bdi>{draft.fileName}</bdi>}
        kicker={t('published.file.kicker')}
        trail={[{ label: t('imports.title'), href: at('/imports') }]}
        lead={t('published.file.lead')}
      >
        <ErrorSummary errors={errors} />
        <Steps label={t('imports.steps')} steps={publishedSteps(t, 'target', { choose: at('/imports') })} />
        {waitsFor !== null && (
          <Notice live title={t('published.file.waits', { file: isolated(waitsFor) })}>
            <p>{t('published.file.waits-text')}</p>
          </Notice>
        )}
        {found instanceof Problem && <Notice kind="bad" title={problemText(t, found)} />}
        {found === undefined && <Notice kind="bad" title={t('published.file.empty')} />}
        {before && (
          <Notice title={t('imports.match.known', { when: t.instant(before.startedAt), collection: before.collection })}>
            <p>
              {t('imports.match.known-text')} <a href={at(`/imports/${before.id}`)}>{t('imports.match.known-run')}</a>
            </p>
          </Notice>
        )}
        <Recognised request={request} draft={draft} found={found instanceof Problem ? undefined : found} />
        <Form action={address} label={t('imports.target.title')}>
          <TargetSection request={request} collections={collections} target={target} errors={errors} />
          <ButtonRow>
            {!(found instanceof Problem) && (
              <Button name="do" value="import">
                {t('published.file.import')}
              </Button>
            )}
            <Button kind="secondary" name="do" value="check">
              {t('published.file.check')}
            </Button>
            <Button kind="quiet" formAction={`${address}/discard`}>
              {t('imports.discard')}
            </Button>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

async function recognised(path: string, fileName: string): Promise<RecognisedPublication | Problem | undefined> {
  try {
    return await recognisePublishedFile(path, fileName)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

interface RecognisedProps {
  readonly request: PageRequest
  readonly draft: ImportDraft
  readonly found: RecognisedPublication | undefined
}

function Recognised({ request: { t }, draft, found }: RecognisedProps) {
  const { publisherName, publisherRef } = found ?? {}
  return (
    <section aria-labelledby="recognised">
      <h2 id="recognised">{t('imports.recognised.title')}</h2>
      <SummaryList
        facts={[
          { label: t('published.file.kind'), value: found && t(`published.kind.${found.root}`) },
          { label: t('published.file.version'), value: found?.version && <bdi>{found.version}</bdi> },
          {
            label: t('published.file.publisher'),
            value: (publisherName ?? publisherRef) && (
              <>
                <bdi>{publisherName ?? publisherRef}</bdi>
                {publisherName !== undefined && publisherRef !== undefined && (
                  <span class="muted">
                    {' '}
                    <bdi>{publisherRef}</bdi>
                  </span>
                )}
              </>
            ),
          },
          { label: t('imports.column.size'), value: sizeText(t, draft.fileBytes) },
        ]}
      />
    </section>
  )
}

interface TargetProps {
  readonly request: PageRequest
  readonly collections: readonly Collection[]
  readonly target: Target
  readonly errors: readonly FormError[]
}

function TargetSection({ request, collections, target, errors }: TargetProps) {
  const { t } = request
  return (
    <FormSection title={t('imports.target.title')} hint={t('published.file.target-hint')}>
      <TargetFields request={request} collections={collections} target={target} errors={errors} />
    </FormSection>
  )
}
