/** Under which other identifiers the initiative is reported: records that people linked with it, each whole on its own page. */

import { getInitiativeLinks, type InitiativeLinks } from '../../../../modules/registry/index.ts'
import { Button, ButtonRow, Form, RadioGroup, TextArea } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { recordName } from '../links/record-lines.tsx'

export function linksOf({ context, actor }: PageRequest, id: string): Promise<InitiativeLinks> {
  return context.operations.run(getInitiativeLinks, { id }, actor)
}

interface AlsoReportedProps {
  readonly request: PageRequest
  readonly id: string
  readonly ownName: string
  readonly links: InitiativeLinks
  readonly reasonError: string | undefined
}

export function AlsoReported({ request, id, ownName, links, reasonError }: AlsoReportedProps) {
  const { t, at } = request
  const { others, leadingId } = links
  if (others.length === 0) return null
  const leading = others.find((record) => record.id === leadingId)
  return (
    <section aria-labelledby="also">
      <h2 id="also">{t('linking.also.title')}</h2>
      <p>{leading === undefined ? t('linking.also.leads') : t('linking.also.led-by', { title: recordName(t, leading) })}</p>
      <ul>
        {others.map((record) => (
          <li key={record.id}>
            <a href={at(`/initiatives/${record.id}`)}>
              <bdi>{recordName(t, record)}</bdi>
            </a>{' '}
            <span class="muted">
              <bdi>{record.identifier ?? record.collection}</bdi>
            </span>
          </li>
        ))}
      </ul>
      <TakeAway request={request} id={id} ownName={ownName} links={links} reasonError={reasonError} />
    </section>
  )
}

function TakeAway({ request, id, ownName, links, reasonError }: AlsoReportedProps) {
  const { t, at, form } = request
  const own = links.links.filter((link) => links.mayUnlink.includes(link.id))
  if (own.length === 0) return null
  const names = new Map([[id, ownName], ...links.others.map((record) => [record.id, recordName(t, record)] as const)])
  return (
    <details open={reasonError !== undefined}>
      <summary>{t('linking.also.undo')}</summary>
      <Form action={at(`/initiatives/${id}/unlink`)} label={t('linking.also.undo')}>
        <RadioGroup
          name="link"
          label={t('linking.also.undo')}
          value={form.get('link') ?? own[0]?.id}
          choices={own.map(({ id: link, oneId, otherId, reason }) => ({
            value: link,
            label: t('linking.also.pair', { one: names.get(oneId) ?? oneId, other: names.get(otherId) ?? otherId }),
            hint: reason,
          }))}
        />
        <TextArea
          name="reason"
          label={t('linking.decide.reason')}
          hint={t('linking.decide.reason-hint')}
          value={form.get('reason') ?? ''}
          error={reasonError}
          rows={3}
          maxLength={2000}
        />
        <ButtonRow>
          <Button kind="danger">{t('linking.decide.undo')}</Button>
        </ButtonRow>
      </Form>
    </details>
  )
}
