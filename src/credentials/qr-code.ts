/** A text as a QR code that a page draws itself: one path in an inline <svg>, no script and no picture from elsewhere. */
import { encode } from 'uqr'

export interface QrCode {
  /** Width and height in modules, with the quiet border: `viewBox="0 0 size size"`. */
  readonly size: number
  /** The dark modules, for the `d` of one path. */
  readonly path: string
}

/** Four modules of light on each side (ISO/IEC 18004), or some cameras do not find the code. */
const QUIET_MODULES = 4

/** The page must give it dark on white, whatever the theme: readers do not expect it inverted. */
export function qrCode(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_MODULES })
  return { size, path: data.map(pathOfRow).join('') }
}

function pathOfRow(row: readonly boolean[], y: number): string {
  const cells = row.map((isDark) => (isDark ? '1' : '0')).join('')
  return [...cells.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`).join('')
}
