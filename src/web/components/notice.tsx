/** A message that stays where the action was. Results of an action carry `live`, so that they are read out. */
import type { ComponentChildren } from 'preact'

export interface NoticeProps {
  readonly kind?: 'note' | 'good' | 'bad' | undefined
  readonly title?: string | undefined
  readonly children?: ComponentChildren
  /** True when the message answers what the person just did. */
  readonly live?: boolean | undefined
}

export function Notice({ kind = 'note', title, children, live = false }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={live ? (kind === 'bad' ? 'alert' : 'status') : undefined}>
      {title !== undefined && <p class="notice-title">{title}</p>}
      {children}
    </div>
  )
}
