/** The first account: that of an administrator. From then on everybody signs in. */
import type { HttpResponse } from '../../../../kernel/http.ts'
import type { AccountLanguage } from '../../../../modules/access/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  ErrorSummary,
  Form,
  Notice,
  Page,
  SelectField,
  TextField,
} from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { NewPasswordField } from '../password-fields.tsx'
import { deskOf, endFormerSession, signedInAnswer, visitorOf } from '../session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from '../submit.ts'
import { languageChoices } from '../words.ts'

export async function setupPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at, form, query } = request
  if (await deskOf(request).accountsExist()) return setUpAlready(request)
  const title = t('accounts.setup.title')
  const token = form.get('token') ?? query.get('token') ?? ''
  return {
    title,
    noIndex: true,
    noStore: true,
    status: typed.status,
    body: (
      <Page title={title} lead={t('accounts.setup.lead')}>
        <ErrorSummary errors={typed.errors} />
        <Notice title={t('accounts.setup.changes')}>
          <ul>
            <li>{t('accounts.setup.change-sign-in')}</li>
            <li>{t('accounts.setup.change-strangers')}</li>
            <li>{t('accounts.setup.change-network')}</li>
          </ul>
        </Notice>
        <Form action={at('/setup')} hidden={token === '' ? {} : { token }} label={title}>
          <TextField
            name="name"
            label={t('accounts.field.name')}
            hint={t('accounts.hint.name')}
            value={form.get('name') ?? ''}
            error={errorOf(typed, 'name')}
            autocomplete="name"
            maxLength={120}
          />
          <TextField
            name="email"
            type="email"
            label={t('accounts.field.email')}
            value={form.get('email') ?? ''}
            error={errorOf(typed, 'email')}
            autocomplete="username"
            dir="ltr"
            maxLength={254}
          />
          <SelectField
            name="lang"
            label={t('accounts.field.lang')}
            choices={languageChoices()}
            value={form.get('lang') ?? t.lang}
            error={errorOf(typed, 'lang')}
          />
          <NewPasswordField request={request} error={errorOf(typed, 'password')} />
          <ButtonRow>
            <Button>{t('accounts.setup.do')}</Button>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function setUpFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, actor } = request
  if (await deskOf(request).accountsExist()) return setUpAlready(request)
  return submit(
    request,
    async () => {
      const input = {
        token: form.get('token') ?? undefined,
        name: form.get('name') ?? '',
        email: form.get('email') ?? '',
        lang: (form.get('lang') ?? '') as AccountLanguage,
        password: form.get('password') ?? '',
      }
      const session = await deskOf(request).createFirstAccount(input, visitorOf(request), actor)
      await endFormerSession(request)
      return signedInAnswer(session, undefined, '/account?done=set-up')
    },
    (typed) => setupPage(request, typed),
  )
}

function setUpAlready({ t, at }: PageRequest): PageContent {
  const title = t('accounts.setup.title')
  return {
    title,
    noIndex: true,
    status: 404,
    body: (
      <Page title={title}>
        <Notice title={t('accounts.setup.over')}>
          <p>{t('accounts.setup.over-text')}</p>
          <ButtonLink href={at('/sign-in')}>{t('accounts.sign-in.do')}</ButtonLink>
        </Notice>
      </Page>
    ),
  }
}
