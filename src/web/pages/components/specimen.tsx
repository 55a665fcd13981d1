/** One exhibit of the gallery: the component's name in code, the state, and the thing itself. */
import type { ComponentChildren } from 'preact'

export interface SpecimenProps {
  readonly name: string
  readonly state?: string | undefined
  readonly children: ComponentChildren
}

export function Specimen({ name, state, children }: SpecimenProps) {
  return (
    <div class="specimen">
      <p class="specimen-name">
        <code>{name}</code>
        {state !== undefined && <> · {state}</>}
      </p>
      {children}
    </div>
  )
}
