/** What an administrator does to an account, each with a reason that the audit trail keeps. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import {
  deleteUser,
  getUser,
  listGrants,
  type OpenWork,
  resetSecondFactor,
  restoreUser,
  revokeGrant,
  suspendUser,
} from '../../../modules/access/index.ts'
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, Notice, Page, TextArea } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { OpenWorkList } from '../account/delete-page.tsx'
import { deskOf } from '../account/session-answer.ts'
import { errorOf, NOTHING_TYPED, submit, type Typed } from '../account/submit.ts'
import { roleName, scopeNames } from '../account/words.ts'
import { linkPage, usersTrail } from './invite-page.tsx'

export const ACTS = ['suspend', 'restore', 'reset-second-factor', 'delete'] as const
export type Act = (typeof ACTS)[number]

interface Asked {
  readonly title: string
  readonly lead: string
  readonly action: string
  readonly userId: string
  readonly name: string
}

export async function actPage(request: PageRequest, act: Act, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, context, actor, params } = request
  const user = await context.operations.run(getUser, { id: params.id ?? '' }, actor)
  const asked = {
    title: t(`accounts.user.${act}.title`),
    lead: t(`accounts.user.${act}.lead`),
    action: `/users/${user.id}/${act}`,
    userId: user.id,
    name: user.name || t('accounts.users.nameless'),
  }
  return reasonPage(request, asked, typed)
}

function reasonPage(request: PageRequest, { title, lead, action, userId, name }: Asked, typed: Typed): PageContent {
  const { t, at, form } = request
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page
        title={title}
        kicker={name}
        trail={[...usersTrail(request), { label: name, href: at(`/users/${userId}`) }]}
        lead={lead}
      >
        <ErrorSummary errors={typed.errors} />
        <Form action={at(action)} label={title}>
          <TextArea
            name="reason"
            label={t('accounts.field.reason')}
            hint={t('accounts.hint.reason')}
            value={form.get('reason') ?? ''}
            error={errorOf(typed, 'reason')}
            rows={3}
            maxLength={2000}
          />
          <ButtonRow>
            <Button kind="danger">{title}</Button>
            <ButtonLink href={at(`/users/${userId}`)} kind="secondary">
              {t('accounts.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

const COMMANDS = { suspend: suspendUser, restore: restoreUser, 'reset-second-factor': resetSecondFactor } as const

export async function actFromForm(request: PageRequest, act: Act): Promise<PageContent | HttpResponse> {
  const { context, actor, params, form, at } = request
  const input = { id: params.id ?? '', reason: form.get('reason') ?? '' }
  return submit(
    request,
    async () => {
      if (act === 'delete') return deletedPage(request, (await context.operations.run(deleteUser, input, actor)).openWork)
      await run(request, act, input)
      return seeOther(`${at(`/users/${input.id}`)}?done=${act}`)
    },
    (typed) => actPage(request, act, typed),
  )
}

async function run(
  { context, actor }: PageRequest,
  act: keyof typeof COMMANDS,
  input: { id: string; reason: string },
): Promise<void> {
  if (act === 'suspend') await context.operations.run(COMMANDS.suspend, input, actor)
  else if (act === 'restore') await context.operations.run(COMMANDS.restore, input, actor)
  else await context.operations.run(COMMANDS['reset-second-factor'], input, actor)
}

function deletedPage(request: PageRequest, work: readonly OpenWork[]): PageContent {
  const { t, at } = request
  const title = t('accounts.user.deleted')
  return {
    title,
    noIndex: true,
    body: (
      <Page title={title} trail={usersTrail(request)}>
        <Notice kind="good" live title={t('accounts.user.deleted-text')} />
        <OpenWorkList request={request} work={work} />
        <ButtonRow>
          <ButtonLink href={at('/users')}>{t('accounts.users.title')}</ButtonLink>
        </ButtonRow>
      </Page>
    ),
  }
}

export async function revokePage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, context, actor, params } = request
  const userId = params.id ?? ''
  const user = await context.operations.run(getUser, { id: userId }, actor)
  const grants = await context.operations.run(listGrants, { userId, past: true }, actor)
  const grant = grants.find(({ id }) => id === params.grant)
  const nameOf = await scopeNames(request, grant ? [grant] : [])
  const role = grant ? t('accounts.roles.in', { role: roleName(t, grant.role), scope: nameOf(grant) }) : ''
  const asked = {
    title: t('accounts.grant.revoke'),
    lead: role,
    action: `/users/${userId}/roles/${params.grant ?? ''}/revoke`,
    userId,
    name: user.name || t('accounts.users.nameless'),
  }
  return reasonPage(request, asked, typed)
}

export async function revokeFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, params, form, at } = request
  return submit(
    request,
    async () => {
      await context.operations.run(revokeGrant, { id: params.grant ?? '', reason: form.get('reason') ?? '' }, actor)
      return seeOther(`${at(`/users/${params.id ?? ''}`)}?done=revoked`)
    },
    (typed) => revokePage(request, typed),
  )
}

/** A new link, for an invitation or for a password: by mail, or shown here. */
export async function sendLinkFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, params } = request
  const user = await context.operations.run(getUser, { id: params.id ?? '' }, actor)
  return linkPage(request, user.name, await deskOf(request).sendAccessLink(user.id, actor))
}
