/** Buttons do something, links go somewhere; a verb and its object on each ("Import 469 rows"). */
import type { ComponentChildren } from 'preact'

export interface ButtonProps {
  readonly children: ComponentChildren
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger' | undefined
  /** Name and value travel with the form, so that one form can have several buttons without script. */
  readonly name?: string | undefined
  readonly value?: string | undefined
  /** Another address for this button alone. */
  readonly formAction?: string | undefined
  /** What the button acts on, for those who hear the page, when the visible word is short ("Remove"). */
  readonly ariaLabel?: string | undefined
  readonly disabled?: boolean | undefined
}

export function Button({ children, kind = 'primary', name, value, formAction, ariaLabel, disabled }: ButtonProps) {
  return (
    <button
      type="submit"
      class={`button button-${kind}`}
      name={name}
      value={value}
      formAction={formAction}
      aria-label={ariaLabel}
      disabled={disabled}
    >
      {children}
    </button>
  )
}

export interface ButtonLinkProps {
  readonly children: ComponentChildren
  readonly href: string
  readonly kind?: 'primary' | 'secondary' | 'quiet' | undefined
}

/** A link that looks like a button: the next step of a task that needs no form. */
export function ButtonLink({ children, href, kind = 'primary' }: ButtonLinkProps) {
  return (
    <a class={`button button-${kind}`} href={href}>
      {children}
    </a>
  )
}

/** Buttons side by side, the main one first. */
export function ButtonRow({ children }: { readonly children: ComponentChildren }) {
  return <div class="button-row">{children}</div>
}
