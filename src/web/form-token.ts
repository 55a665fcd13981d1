/** The hidden field by which a form proves that it is one that we gave to this session, so that another site cannot send it. */
import { defineProblems, Problem } from '../kernel/problems.ts'
import type { PageRequest } from './site.tsx'

defineProblems('site', { 'form-not-ours': { kind: 'refused', params: [] } })

/** Name of the hidden field that carries the token. */
const FORM_TOKEN = '_form'

/** A form of somebody who is signed in must be one that we gave to this session. */
export function requireOwnForm({ method, visitor, form, context }: PageRequest): void {
  const given = form.get(FORM_TOKEN) ?? ''
  form.delete(FORM_TOKEN)
  if (method === 'POST' && visitor.formToken !== undefined && !context.isFormTokenOf(visitor, given)) {
    throw new Problem('site.form-not-ours')
  }
}

/** A value in quotes may hold any sign, also the one that ends a tag. */
const FORM = /<form\b(?:[^>"]|"[^"]*")*>/g

/** Every form that posts, whoever wrote it: one that was forgotten could not be sent. */
export function withFormToken(html: string, token: string | undefined): string {
  if (token === undefined) return html
  return html.replace(FORM, (form) =>
    /\smethod="post"/i.test(form) ? `${form}<input type="hidden" name="${FORM_TOKEN}" value="${token}"/>` : form,
  )
}
