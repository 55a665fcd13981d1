/** Lending the own role for an absence, or to an office in the same scope; what was lent, either way. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { giveDelegation, type ListedGrant, listOwnDelegations, revokeDelegation } from '../../../modules/access/index.ts'
import type { Actor, Grant } from '../../../operations/index.ts'
import {
  Button,
  ButtonRow,
  type Column,
  DataTable,
  ErrorSummary,
  Form,
  Notice,
  Page,
  SelectField,
  StatePill,
  TextField,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { FormValues } from '../initiatives/form/form-values.ts'
import { accountTrail } from './password-page.tsx'
import { errorOf, NOTHING_TYPED, submit, type Typed } from './submit.ts'
import { TermFields } from './term-fields.tsx'
import { endOfDay, roleName, scopeNames, startOfDay } from './words.ts'

const DONE = ['lent', 'ended']
const LENDABLE = ['national_focal_point', 'entity_focal_point']
type LentRole = 'national_focal_point' | 'entity_focal_point'

/** Own roles of a focal point; what was lent cannot be lent on. */
export function lendableGrants({ grants = [] }: Actor): readonly Grant[] {
  return grants.filter(({ role, onBehalfOf }) => onBehalfOf === undefined && LENDABLE.includes(role))
}

export async function delegationsPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, context, actor, query } = request
  const { lent, borrowed } = await context.operations.run(listOwnDelegations, {}, actor)
  const nameOf = await scopeNames(request, [...lent, ...borrowed, ...(actor.grants ?? [])])
  const done = DONE.find((one) => one === query.get('done'))
  const title = t('accounts.delegations.title')
  const table = (caption: string, rows: readonly ListedGrant[], who: 'userName' | 'onBehalfOfName') => (
    <DataTable
      caption={caption}
      captionHidden
      columns={columnsOf(request, who, nameOf)}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<p class="muted">{t('accounts.delegations.none')}</p>}
    />
  )
  return {
    title,
    noIndex: true,
    status: typed.status,
    body: (
      <Page title={title} trail={accountTrail(request)} lead={t('accounts.delegations.lead')}>
        <ErrorSummary errors={typed.errors} />
        {done !== undefined && typed === NOTHING_TYPED && (
          <Notice kind="good" live title={t(`accounts.delegations.done.${done}`)} />
        )}
        <h2>{t('accounts.delegations.lent')}</h2>
        {table(t('accounts.delegations.lent'), lent, 'userName')}
        <h2>{t('accounts.delegations.borrowed')}</h2>
        {table(t('accounts.delegations.borrowed'), borrowed, 'onBehalfOfName')}
        <LendForm request={request} nameOf={nameOf} typed={typed} />
      </Page>
    ),
  }
}

function columnsOf(
  { t, at }: PageRequest,
  who: 'userName' | 'onBehalfOfName',
  nameOf: (grant: ListedGrant) => string,
): Column<ListedGrant>[] {
  return [
    {
      key: 'who',
      label: t(who === 'userName' ? 'accounts.delegations.to' : 'accounts.delegations.from-whom'),
      cell: (grant) => <bdi>{grant[who]}</bdi>,
    },
    { key: 'role', label: t('accounts.field.role'), cell: ({ role }) => roleName(t, role) },
    { key: 'scope', label: t('accounts.field.scope'), cell: (grant) => <bdi>{nameOf(grant)}</bdi> },
    {
      key: 'time',
      label: t('accounts.roles.time'),
      cell: ({ startsAt, endsAt }) => (
        <>
          {t('accounts.roles.since', { at: t.instant(startsAt) })}{' '}
          {endsAt !== null && t('accounts.roles.until', { at: t.instant(endsAt) })}
        </>
      ),
    },
    {
      key: 'state',
      label: t('accounts.field.state'),
      cell: ({ state }) => (
        <StatePill state={state} label={t(`accounts.roles.state.${state}`)} tone={state === 'current' ? 'done' : 'closed'} />
      ),
    },
    {
      key: 'end',
      label: t('accounts.field.action'),
      cell: ({ id, state }) =>
        state === 'current' || state === 'waiting' ? (
          <Form action={at('/account/delegations/end')} hidden={{ id }} label={t('accounts.delegations.end')}>
            <Button kind="quiet">{t(who === 'userName' ? 'accounts.delegations.end' : 'accounts.delegations.give-back')}</Button>
          </Form>
        ) : (
          '–'
        ),
    },
  ]
}

interface LendFormProps {
  readonly request: PageRequest
  readonly nameOf: Awaited<ReturnType<typeof scopeNames>>
  readonly typed: Typed
}

function LendForm({ request, nameOf, typed }: LendFormProps) {
  const { t, at, actor, form } = request
  const own = lendableGrants(actor)
  if (own.length === 0) return null
  const values = new FormValues(form)
  return (
    <>
      <h2 id="lend">{t('accounts.delegations.new')}</h2>
      <Form action={at('/account/delegations')} label={t('accounts.delegations.new')}>
        <SelectField
          name="role"
          label={t('accounts.field.role')}
          choices={own.map((grant) => ({
            value: `${grant.role} ${grant.scopeId ?? ''}`,
            label: t('accounts.roles.in', { role: roleName(t, grant.role), scope: nameOf(grant) }),
          }))}
          value={values.get('role') ?? (own.length === 1 ? `${own[0]?.role} ${own[0]?.scopeId ?? ''}` : undefined)}
          error={errorOf(typed, 'role')}
          width="full"
        />
        <TextField
          name="to"
          type="email"
          label={t('accounts.delegations.to-email')}
          hint={t('accounts.delegations.to-hint')}
          value={values.get('to') ?? ''}
          error={errorOf(typed, 'to')}
          dir="ltr"
          maxLength={254}
        />
        <TermFields
          request={request}
          values={values}
          typed={typed}
          names={['from', 'until']}
          lastHint={t('accounts.hint.whole-day')}
        />
        <ButtonRow>
          <Button>{t('accounts.delegations.do')}</Button>
        </ButtonRow>
      </Form>
    </>
  )
}

const FIELDS: Readonly<Record<string, string>> = { toUserId: 'to', toEmail: 'to', user: 'to', endsAt: 'until', startsAt: 'from' }

export async function lendFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, form, at } = request
  const values = new FormValues(form)
  const [role = '', scopeId = ''] = (values.get('role') ?? '').split(' ')
  const empty = (['role', 'to'] as const).filter((field) => values.get(field) === undefined)
  if (empty.length > 0) {
    const errors = empty.map((field) => ({ field, message: request.t(`accounts.wrong.${field}`) }))
    return delegationsPage(request, { errors, status: 422 })
  }
  const from = startOfDay(values.date('from'))
  return submit(
    request,
    async () => {
      const input = {
        toEmail: values.get('to') ?? '',
        role: role as LentRole,
        ...(scopeId === '' ? {} : { scopeId }),
        ...(from === undefined ? {} : { from }),
        until: endOfDay(values.date('until')) ?? '',
        reason: values.get('reason') ?? '',
      }
      await context.operations.run(giveDelegation, input, actor)
      return seeOther(`${at('/account/delegations')}?done=lent`)
    },
    (typed) => delegationsPage(request, typed),
    (place) => FIELDS[place] ?? place,
  )
}

export async function endDelegationFromForm({ context, actor, form, at }: PageRequest): Promise<HttpResponse> {
  await context.operations.run(revokeDelegation, { id: form.get('id') ?? '' }, actor)
  return seeOther(`${at('/account/delegations')}?done=ended`)
}
