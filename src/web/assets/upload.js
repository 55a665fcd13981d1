// Sends the files of a form in parts, so that a cut line, a closed page or an ended session costs nothing that has arrived: the server is
// asked how much it has, and the rest follows (tus 1.0.0). Without this script the form sends them whole. When all are there, the form is
// sent as the person left it, with the numbers of the files in place of the files.
// @ts-check

const TUS = { 'tus-resumable': '1.0.0' }
const SMALLEST = 64 * 1024
const LARGEST = 8 * 1024 * 1024
const DAY = 86_400_000

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

for (const place of document.querySelectorAll('[data-uploads]')) takeOver(/** @type {HTMLElement} */ (place))

/** @param {HTMLElement} place */
function takeOver(place) {
  const form = place.querySelector('form')
  const input = /** @type {HTMLInputElement | null} */ (place.querySelector('input[type=file]'))
  const address = place.dataset.uploads ?? ''
  const words = JSON.parse(place.dataset.words ?? '{}')
  if (!form || !input) return
  const list = document.createElement('div')
  form.append(list)
  tellUnfinished(list, words)
  let isSending = false
  form.addEventListener('submit', async (event) => {
    const files = [...(input.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    if (isSending) return
    isSending = true
    input.disabled = true
    list.replaceChildren()
    const rows = files.map((file) => createRow(list, file, words))
    const sent = []
    for (const row of rows) {
      const id = await sendFile(form, address, row)
      if (id) sent.push(id)
    }
    isSending = false
    input.disabled = false
    if (sent.length === 0) return
    for (const id of sent) {
      const field = document.createElement('input')
      Object.assign(field, { type: 'hidden', name: 'uploaded', value: id })
      form.append(field)
    }
    input.disabled = true
    form.submit()
  })
}

/** What a page that was left had begun: the browser gives no page the file again, so the person chooses it once more. */
/** @param {HTMLElement} list @param {Record<string, string>} words */
function tellUnfinished(list, words) {
  for (const [key, value] of Object.entries(localStorage)) {
    if (!key.startsWith('upload|')) continue
    const { name, at } = JSON.parse(value)
    if (Date.now() - at > 7 * DAY) localStorage.removeItem(key)
    else list.append(line(words.unfinished.replace('{file}', `\u2068${name}\u2069`)))
  }
}

/** @param {string} text */
function line(text) {
  const element = document.createElement('p')
  element.className = 'progress-words'
  element.textContent = text
  return element
}

/** @param {HTMLElement} list @param {File} file @param {Record<string, string>} words */
function createRow(list, file, words) {
  const box = document.createElement('div')
  const label = line('')
  const name = document.createElement('bdi')
  const bar = document.createElement('progress')
  const state = line('')
  const buttons = document.createElement('div')
  box.className = 'progress'
  label.className = 'progress-label'
  name.textContent = file.name
  label.append(name)
  bar.max = file.size || 1
  bar.value = 0
  bar.setAttribute('aria-label', file.name)
  state.setAttribute('role', 'status')
  buttons.className = 'button-row'
  const row = {
    file,
    words,
    isPaused: false,
    isCancelled: false,
    /** @type {AbortController | undefined} */ current: undefined,
    /** @param {number} offset */
    show(offset) {
      bar.value = offset
      row.say('sent', { percent: percent(offset, file.size) })
    },
    /** @param {string} word @param {Record<string, string>} [values] */
    say(word, values = {}) {
      state.textContent = Object.entries(values).reduce(
        (text, [name, value]) => text.replace(`{${name}}`, value),
        words[word] ?? word,
      )
    },
    /** @param {string} text */
    refuse(text) {
      state.textContent = text
      buttons.remove()
    },
    /** A link that opens beside, so that this page and what was typed on it stay. */
    askToSignIn() {
      const link = document.createElement('a')
      Object.assign(link, { href: words.signInAddress, target: '_blank', textContent: words.signIn })
      state.replaceChildren(`${words.signedOut} `, link)
    },
    done() {
      bar.value = bar.max
      row.say('done')
      buttons.remove()
    },
  }
  const halt = button(words.pause, () => {
    row.isPaused = !row.isPaused
    halt.textContent = row.isPaused ? words.resume : words.pause
    if (row.isPaused) {
      row.current?.abort()
      row.say('paused')
    }
  })
  const cancel = button(words.cancel, () => {
    row.isCancelled = true
    row.isPaused = false
    row.current?.abort()
  })
  buttons.append(halt, cancel)
  box.append(label, bar, state, buttons)
  list.append(box)
  return row
}

/** @param {string} text @param {() => void} press */
function button(text, press) {
  const element = document.createElement('button')
  Object.assign(element, { type: 'button', className: 'button button-quiet', textContent: text })
  element.addEventListener('click', press)
  return element
}

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' }).format(whole === 0 ? 1 : part / whole)
}

/** Gives the number of the file at the server; nothing when it was refused or cancelled. */
/** @param {HTMLFormElement} form @param {string} address @param {ReturnType<typeof createRow>} row */
async function sendFile(form, address, row) {
  const { file } = row
  const key = `upload|${address.split('/').slice(2).join('/')}|${file.name}|${file.size}|${file.lastModified}`
  let url = JSON.parse(localStorage.getItem(key) ?? '{}').url
  let offset = -1
  let size = SMALLEST
  let wait = 0
  const again = async () => {
    wait = Math.min(30_000, wait * 2 || 1_000)
    offset = -1
    row.say(navigator.onLine ? 'again' : 'offline')
    for (const until = Date.now() + wait * (0.75 + Math.random() / 2); Date.now() < until && !row.isCancelled; ) await pause(200)
  }
  for (;;) {
    while (row.isPaused) await pause(200)
    if (row.isCancelled) {
      if (url) await ask(form, row, url, 'DELETE').catch(() => undefined)
      localStorage.removeItem(key)
      row.refuse(row.words.cancelled)
      return undefined
    }
    try {
      const startedAt = performance.now()
      const answer = !url
        ? await ask(form, row, address, 'POST', {
            'upload-length': String(file.size),
            'upload-metadata': `filename ${base64(file.name)}`,
          })
        : offset < 0
          ? await ask(form, row, url, 'HEAD')
          : await ask(
              form,
              row,
              url,
              'PATCH',
              { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
              file.slice(offset, offset + size),
            )
      if (answer.ok) {
        url ??= new URL(answer.headers.get('location') ?? '', location.href).pathname
        localStorage.setItem(key, JSON.stringify({ url, name: file.name, at: Date.now() }))
        const before = offset
        offset = Number(answer.headers.get('upload-offset'))
        row.show(offset)
        if (offset === file.size) {
          localStorage.removeItem(key)
          row.done()
          return url.split('/').pop()
        }
        if (before >= 0) {
          wait = 0
          const seconds = (performance.now() - startedAt) / 1000
          size = Math.max(SMALLEST, Math.min(LARGEST, seconds < 3 ? size * 2 : seconds > 15 ? size / 2 : size))
        }
      } else if (answer.status === 404 || answer.status === 410) {
        // Removed after a week, or another person's from this browser: begun anew.
        localStorage.removeItem(key)
        url = undefined
        offset = -1
      } else if (answer.status === 409) {
        offset = -1
      } else if (answer.status === 401 || answer.status === 403) {
        row.askToSignIn()
        await pause(3_000)
        await renewToken()
        offset = -1
      } else if (answer.status === 429 || answer.status >= 500) {
        await again()
      } else {
        localStorage.removeItem(key)
        row.refuse((await answer.json().catch(() => undefined))?.message ?? row.words.refused)
        return undefined
      }
    } catch (error) {
      if (row.isPaused || row.isCancelled) offset = -1
      else if (error instanceof DOMException && error.name === 'NotReadableError') {
        localStorage.removeItem(key)
        row.refuse(row.words.changed)
        return undefined
      } else {
        size = SMALLEST
        await again()
      }
    }
  }
}

/** @param {HTMLFormElement} form @param {ReturnType<typeof createRow>} row @param {string} url @param {string} method @param {Record<string, string>} [headers] @param {Blob} [body] */
async function ask(form, row, url, method, headers = {}, body) {
  const token = /** @type {HTMLInputElement | null} */ (form.querySelector('input[name=_form]'))?.value
  const stop = new AbortController()
  if (method !== 'DELETE') row.current = stop
  // A line that says nothing for so long is dead, whatever the browser believes.
  const timer = setTimeout(() => stop.abort(), 60_000)
  try {
    return await fetch(url, {
      method,
      headers: { ...TUS, ...(token ? { 'x-form-token': token } : {}), ...headers },
      signal: stop.signal,
      ...(body ? { body } : {}),
    })
  } finally {
    clearTimeout(timer)
  }
}

/** Somebody who signed in again has a new session; the forms of this page are given its token. */
async function renewToken() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!answer.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = /** @type {HTMLInputElement | null} */ (page.querySelector('form[method=post] input[name=_form]'))
  for (const field of document.querySelectorAll('input[name=_form]')) {
    if (fresh) /** @type {HTMLInputElement} */ (field).value = fresh.value
  }
}

/** @param {string} text */
function base64(text) {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
}
