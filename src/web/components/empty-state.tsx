/** Nothing here: what that means and what to do next. */
import type { ComponentChildren } from 'preact'

export interface EmptyStateProps {
  readonly title: string
  readonly children?: ComponentChildren
}

export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  )
}
