/** Inviting somebody: an account that waits, with a first role, and a link that they open. */
import type { HttpResponse } from '../../../kernel/http.ts'
import type { AccountLanguage } from '../../../modules/access/index.ts'
import type { NamedOrg } from '../../../modules/directory/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  ErrorSummary,
  Form,
  FormSection,
  Notice,
  Page,
  SelectField,
  TextField,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { deskOf } from '../account/session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from '../account/submit.ts'
import { languageChoices } from '../account/words.ts'
import { FormValues } from '../initiatives/form/form-values.ts'
import { RoleFields, readRole } from './role-fields.tsx'

export function usersTrail({ t, at }: PageRequest) {
  return [{ label: t('accounts.users.title'), href: at('/users') }]
}

export async function invitePage(
  request: PageRequest,
  typed: Typed = NOTHING_TYPED,
  candidates: readonly NamedOrg[] = [],
): Promise<PageContent> {
  const { t, at, form } = request
  const values = new FormValues(form)
  const title = t('accounts.users.invite')
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page title={title} trail={usersTrail(request)} lead={t('accounts.invite.lead')}>
        <ErrorSummary errors={typed.errors} />
        <Form action={at('/users/new')} label={title}>
          <TextField
            name="name"
            label={t('accounts.field.name')}
            value={values.get('name') ?? ''}
            error={errorOf(typed, 'name')}
            autocomplete="off"
            maxLength={120}
          />
          <TextField
            name="email"
            type="email"
            label={t('accounts.field.email')}
            value={values.get('email') ?? ''}
            error={errorOf(typed, 'email')}
            autocomplete="off"
            dir="ltr"
            maxLength={254}
          />
          <SelectField
            name="lang"
            label={t('accounts.field.lang')}
            hint={t('accounts.hint.invite-lang')}
            choices={languageChoices()}
            value={values.get('lang') ?? t.lang}
            error={errorOf(typed, 'lang')}
          />
          <FormSection title={t('accounts.invite.role')} hint={t('accounts.invite.role-hint')}>
            <RoleFields request={request} values={values} typed={typed} candidates={candidates} optional />
          </FormSection>
          <ButtonRow>
            <Button>{t('accounts.invite.do')}</Button>
            <ButtonLink href={at('/users')} kind="secondary">
              {t('accounts.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

const FIELDS: Readonly<Record<string, string>> = { grants: 'role', scope: 'role', scopeId: 'org' }

export async function inviteFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const values = new FormValues(request.form)
  const { grant, errors, candidates } = await readRole(request, values)
  if (errors.length > 0) return invitePage(request, { errors, status: 422 }, candidates)
  return submit(
    request,
    async () => {
      const input = {
        name: values.get('name') ?? '',
        email: values.get('email') ?? '',
        lang: (values.get('lang') ?? '') as AccountLanguage,
        grants: grant === undefined ? [] : [grant],
      }
      return linkPage(request, input.name, await deskOf(request).invite(input, request.actor))
    },
    (typed) => invitePage(request, typed),
    (place) => FIELDS[place.split('.')[0] ?? ''] ?? place.split('.')[0],
  )
}

/** The link for whoever cannot get it by mail. It opens the account: the page is in no cache and no address holds it. */
export function linkPage(
  request: PageRequest,
  name: string,
  { userId, link }: { userId: string; link: string | undefined },
): PageContent {
  const { t, at } = request
  const title = t('accounts.invite.done')
  return {
    title,
    noIndex: true,
    noStore: true,
    body: (
      <Page title={title} kicker={name} trail={usersTrail(request)}>
        <Notice kind="good" live title={t('accounts.invite.written', { name })}>
          <p>{t('accounts.invite.by-mail')}</p>
        </Notice>
        {link !== undefined && (
          <>
            <p>{t('accounts.invite.by-hand')}</p>
            <p class="address" id="access-link">
              <bdi dir="ltr">{link}</bdi>
            </p>
          </>
        )}
        <ButtonRow>
          <ButtonLink href={at(`/users/${userId}`)}>{t('accounts.invite.show')}</ButtonLink>
          <ButtonLink href={at('/users')} kind="secondary">
            {t('accounts.users.title')}
          </ButtonLink>
        </ButtonRow>
      </Page>
    ),
  }
}
