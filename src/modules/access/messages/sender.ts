/**
 * Under which name and address this installation writes to people. The app says it once when it starts, as it names the folder of
 * texts: operations know no settings.
 */

export interface Sender {
  readonly instanceName: string
  /** Scheme and host, without a slash at the end. */
  readonly publicUrl: string
}

let sender: Sender = { instanceName: 'Sursur', publicUrl: 'http://localhost:8080' }

export function nameSender(named: Sender): void {
  sender = named
}

export function senderOfMessages(): Sender {
  return sender
}
