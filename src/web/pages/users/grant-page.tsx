/** Giving somebody a role: which, where, from when until when, and why. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { getUser, giveGrant } from '../../../modules/access/index.ts'
import type { NamedOrg } from '../../../modules/directory/index.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { NOTHING_TYPED, submit, type Typed } from '../account/submit.ts'
import { TermFields } from '../account/term-fields.tsx'
import { endOfDay, startOfDay } from '../account/words.ts'
import { FormValues } from '../initiatives/form/form-values.ts'
import { usersTrail } from './invite-page.tsx'
import { RoleFields, readRole } from './role-fields.tsx'

export async function grantPage(
  request: PageRequest,
  typed: Typed = NOTHING_TYPED,
  candidates: readonly NamedOrg[] = [],
): Promise<PageContent> {
  const { t, at, context, actor, params, form } = request
  const user = await context.operations.run(getUser, { id: params.id ?? '' }, actor)
  const values = new FormValues(form)
  const title = t('accounts.grant.title')
  const back = at(`/users/${user.id}`)
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page title={title} kicker={user.name} trail={[...usersTrail(request), { label: user.name, href: back }]}>
        <ErrorSummary errors={typed.errors} />
        <Form action={`${back}/roles/new`} label={title}>
          <RoleFields request={request} values={values} typed={typed} candidates={candidates} />
          <TermFields
            request={request}
            values={values}
            typed={typed}
            names={['startsAt', 'endsAt']}
            lastHint={t('accounts.hint.last-day')}
            lastOptional
          />
          <ButtonRow>
            <Button>{t('accounts.grant.do')}</Button>
            <ButtonLink href={back} kind="secondary">
              {t('accounts.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

const FIELDS: Readonly<Record<string, string>> = { scope: 'role', scopeId: 'org', user: 'role' }

export async function giveFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, params } = request
  const values = new FormValues(request.form)
  const { grant, errors, candidates } = await readRole(request, values)
  if (errors.length > 0) return grantPage(request, { errors, status: 422 }, candidates)
  if (grant === undefined) {
    return grantPage(request, { errors: [{ field: 'role', message: t('accounts.wrong.role') }], status: 422 })
  }
  const [startsAt, endsAt] = [startOfDay(values.date('startsAt')), endOfDay(values.date('endsAt'))]
  return submit(
    request,
    async () => {
      const input = {
        userId: params.id ?? '',
        ...grant,
        ...(startsAt === undefined ? {} : { startsAt }),
        ...(endsAt === undefined ? {} : { endsAt }),
        reason: values.get('reason') ?? '',
      }
      await context.operations.run(giveGrant, input, actor)
      return seeOther(`${at(`/users/${input.userId}`)}?done=given`)
    },
    (typed) => grantPage(request, typed),
    (place) => FIELDS[place] ?? place,
  )
}
