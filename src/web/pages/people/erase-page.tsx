/** Deletes the personal data of a person, after a question that says what goes and what stays. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { erasePerson, getPerson } from '../../../modules/directory/index.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, type FormError, Page, TextField } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { formErrors } from './words.ts'

export async function erasePage(request: PageRequest, errors: readonly FormError[] = []): Promise<PageContent> {
  const { t, at, context, actor, params, form } = request
  const person = await context.operations.run(getPerson, { id: params.id ?? '' }, actor)
  const title = t('people.erase.title')
  const name = person.name ?? t('people.erased.title')
  return {
    title,
    noIndex: true,
    ...(errors.length > 0 ? { status: 422 } : {}),
    body: (
      <Page
        title={title}
        kicker={name}
        trail={[
          { label: t('people.title'), href: at('/people') },
          { label: name, href: at(`/people/${person.id}`) },
        ]}
        lead={t('people.erase.lead')}
      >
        <ErrorSummary errors={errors} />
        <Form action={at(`/people/${person.id}/erase`)} label={title}>
          <TextField
            name="reason"
            label={t('people.erase.reason')}
            hint={t('people.erase.reason-hint')}
            value={form.get('reason') ?? ''}
            error={errors.find(({ field }) => field === 'reason')?.message}
            maxLength={2000}
          />
          <ButtonRow>
            <Button kind="danger">{t('people.erase.do')}</Button>
            <ButtonLink href={at(`/people/${person.id}`)} kind="secondary">
              {t('people.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function eraseFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, params, form } = request
  const id = params.id ?? ''
  try {
    await context.operations.run(erasePerson, { id, reason: form.get('reason') ?? '' }, actor)
    return seeOther(at(`/people/${id}`))
  } catch (error) {
    return erasePage(
      request,
      formErrors(t, error, (place) => place),
    )
  }
}
