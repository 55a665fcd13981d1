/** Takes a merge back, after a question; refused, with the fields, when somebody changed since what the merge had written. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { listOrgMerges, undoMerge } from '../../../../modules/directory/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  ErrorSummary,
  Form,
  type FormError,
  Notice,
  Page,
  TextArea,
} from '../../../components/index.ts'
import { withNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'

export async function undoMergePage(
  request: PageRequest,
  errors: readonly FormError[] = [],
  refused?: Problem,
): Promise<PageContent> {
  const { t, at, context, actor, query, form } = request
  const mergeId = query.get('merge') ?? form.get('merge') ?? ''
  const [merge] = await context.operations.run(listOrgMerges, { mergeId }, actor)
  if (!merge) throw new Problem('directory.merge-missing', { merge: mergeId })
  const kept = textFor(merge.keptNames, t.lang)?.text ?? merge.keptId
  const merged = textFor(merge.mergedNames, t.lang)?.text ?? merge.mergedId
  const title = t('directory.undo.title')
  return {
    title,
    noIndex: true,
    ...(refused ? { status: 409 } : errors.length > 0 ? { status: 422 } : {}),
    body: (
      <Page
        title={title}
        trail={[
          { label: t('registry.orgs.title'), href: at('/organisations') },
          { label: t('directory.merge.title'), href: at('/organisations/merge') },
        ]}
        lead={t('directory.undo.lead', { kept, merged, at: t.instant(merge.mergedAt) })}
      >
        {refused && <Notice kind="bad" live title={problemText(t, refused)} />}
        <ErrorSummary errors={errors} />
        <Form action={at('/organisations/merge/undo')} hidden={{ merge: merge.id }} label={title}>
          <TextArea
            name="reason"
            label={t('directory.undo.reason')}
            value={form.get('reason') ?? ''}
            error={errors.find(({ field }) => field === 'reason')?.message}
            rows={3}
            maxLength={2000}
          />
          <ButtonRow>
            <Button kind="danger">{t('directory.undo.do')}</Button>
            <ButtonLink href={at('/organisations/merge')} kind="secondary">
              {t('directory.undo.keep')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function undoMergeFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, form } = request
  try {
    const input = { mergeId: form.get('merge') ?? '', reason: form.get('reason') ?? '' }
    const { mergedId } = await context.operations.run(undoMerge, input, actor)
    return seeOther(`${at(`/organisations/${mergedId}`)}?undone=yes`)
  } catch (thrown) {
    const error = await withNames(request, thrown)
    if (!(error instanceof Problem)) throw error
    if (error.kind === 'conflict') return undoMergePage(request, [], error)
    if (error.details.length === 0) throw error
    return undoMergePage(
      request,
      error.details.map((one) => ({ field: 'reason', message: problemText(t, one) })),
    )
  }
}
