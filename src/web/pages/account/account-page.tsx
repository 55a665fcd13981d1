/** The own account: who I am here, what I may do, and the way to everything that concerns me. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import type { AccountLanguage, OwnAccount } from '../../../modules/access/index.ts'
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
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { lendableGrants } from './delegations-page.tsx'
import { RolesTable, type ShownRole } from './roles-table.tsx'
import { deskOf } from './session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from './submit.ts'
import { languageChoices, scopeNames } from './words.ts'

const DONE = ['set-up', 'welcome', 'saved', 'password', 'email-sent', 'email']

export async function accountPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at, actor, query } = request
  const account = await deskOf(request).ownAccount(actor)
  const roles = await shownRoles(request, account)
  const done = DONE.find((one) => one === query.get('done'))
  const title = t('accounts.account.title')
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page
        title={<bdi>{account.name}</bdi>}
        kicker={title}
        actions={
          <Form action={at('/sign-out')} label={t('accounts.account.sign-out')}>
            <Button kind="secondary">{t('accounts.account.sign-out')}</Button>
          </Form>
        }
      >
        <ErrorSummary errors={typed.errors} />
        {done !== undefined && typed === NOTHING_TYPED && (
          <Notice kind="good" live title={t(`accounts.account.done.${done}`)}>
            {done === 'set-up' && <p>{t('accounts.account.next-second-factor')}</p>}
          </Notice>
        )}
        <Panel title={t('accounts.account.ways-in')} id="sign-in">
          <SummaryList facts={factsOf(request, account)} />
        </Panel>
        <h2 id="roles">{t('accounts.roles.title')}</h2>
        <RolesTable request={request} caption={t('accounts.roles.title')} rows={roles} empty={t('accounts.roles.none')} />
        {lendableGrants(request.actor).length > 0 && (
          <p>
            <a href={at('/account/delegations')}>{t('accounts.delegations.title')}</a>
          </p>
        )}
        <ProfileForm request={request} account={account} typed={typed} />
        <MoreLinks request={request} />
      </Page>
    ),
  }
}

async function shownRoles(request: PageRequest, { roles }: OwnAccount): Promise<ShownRole[]> {
  const nameOf = await scopeNames(request, roles)
  return roles.map((held) => ({
    key: held.id,
    role: held.role,
    scopeName: nameOf(held),
    endsAt: held.endsAt,
    onBehalfOfName: held.onBehalfOfName,
  }))
}

function factsOf({ t, at }: PageRequest, account: OwnAccount) {
  const change = (path: string, words = t('accounts.account.change')) => changeLink(at(path), words)
  return [
    {
      label: t('accounts.field.email'),
      value: account.email && <bdi dir="ltr">{account.email}</bdi>,
      action: change('/account/email'),
    },
    {
      label: t('accounts.field.password'),
      value: t(account.hasPassword ? 'accounts.account.password-set' : 'accounts.account.password-not-set'),
      action: change('/account/password'),
    },
    {
      label: t('accounts.second-factor.title'),
      value: account.hasSecondFactor
        ? t('accounts.account.second-factor-on', { count: account.recoveryCodesLeft })
        : t('accounts.account.second-factor-off'),
      action: account.hasSecondFactor
        ? change('/account/second-factor')
        : change('/account/second-factor', t('accounts.second-factor.begin')),
    },
    ...(account.providers.length > 0
      ? [{ label: t('accounts.account.providers'), value: <bdi dir="ltr">{account.providers.join(', ')}</bdi> }]
      : []),
    {
      label: t('accounts.sessions.title'),
      value: account.signedInAt && t('accounts.account.last-sign-in', { at: t.instant(account.signedInAt) }),
      action: changeLink(at('/account/sessions'), t('accounts.account.show')),
    },
  ]
}

function changeLink(href: string, label: string) {
  return <a href={href}>{label}</a>
}

function ProfileForm({ request, account, typed }: { request: PageRequest; account: OwnAccount; typed: Typed }) {
  const { t, at, form } = request
  return (
    <>
      <h2 id="profile">{t('accounts.account.profile')}</h2>
      <Form action={at('/account')} label={t('accounts.account.profile')}>
        <TextField
          name="name"
          label={t('accounts.field.name')}
          hint={t('accounts.hint.name')}
          value={form.get('name') ?? account.name}
          error={errorOf(typed, 'name')}
          autocomplete="name"
          maxLength={120}
        />
        <SelectField
          name="lang"
          label={t('accounts.field.lang')}
          hint={t('accounts.hint.lang')}
          choices={languageChoices()}
          value={form.get('lang') ?? account.lang}
          error={errorOf(typed, 'lang')}
        />
        <SelectField
          name="timezone"
          label={t('accounts.field.timezone')}
          choices={zones(account.timezone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          value={form.get('timezone') ?? account.timezone}
          error={errorOf(typed, 'timezone')}
        />
        <ButtonRow>
          <Button>{t('accounts.account.save')}</Button>
        </ButtonRow>
      </Form>
    </>
  )
}

/** Every zone that the runtime knows, and the one that is set, which may be an older name. */
function zones(current: string): string[] {
  return [...new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')])].sort()
}

function MoreLinks({ request: { t, at, may, actor } }: { readonly request: PageRequest }) {
  const own = [
    { path: '/account/keys', label: t('accounts.keys.title') },
    { path: '/account/my-data', label: t('accounts.my-data.title') },
  ]
  const administration = [
    { path: '/users', label: t('accounts.users.title'), shown: may('access.user.read') },
    { path: '/users/outbox', label: t('accounts.outbox.title'), shown: may('access.outbox.read') },
    { path: '/permissions', label: t('permissions.title'), shown: may('access.user.read') },
    { path: '/audit', label: t('audit.title'), shown: may('access.audit.view') },
  ].filter(({ shown }) => shown)
  const links = (list: readonly { path: string; label: string }[]) => (
    <ul>
      {list.map(({ path, label }) => (
        <li key={path}>
          <a href={at(path)}>{label}</a>
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <h2 id="more">{t('accounts.account.more')}</h2>
      {links(own)}
      {administration.length > 0 && actor.kind === 'user' && (
        <>
          <h2 id="administration">{t('accounts.account.administration')}</h2>
          {links(administration)}
        </>
      )}
    </>
  )
}

export async function saveProfile(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, actor } = request
  return submit(
    request,
    async () => {
      const input = {
        name: form.get('name') ?? '',
        lang: (form.get('lang') ?? '') as AccountLanguage,
        timezone: form.get('timezone') ?? '',
      }
      const saved = await deskOf(request).reviseOwnAccount(actor, input)
      return seeOther(`/${saved.lang}/account?done=saved`)
    },
    (typed) => accountPage(request, typed),
  )
}
