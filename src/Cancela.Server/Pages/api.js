import { language, speak, words } from './words.js';

/** Calls the server. The answer is `{ok, status, body}`; without a network it is `{ok: false, status: 0}`. */
export async function call(method, path, body) {
  const request = { method, headers: { 'Accept-Language': language }, credentials: 'same-origin', cache: 'no-store' };
  if (body !== undefined) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  try {
    const answer = await fetch(path, request);
    const isJson = /json/.test(answer.headers.get('Content-Type') ?? '');
    return { ok: answer.ok, status: answer.status, body: isJson ? await answer.json() : undefined };
  } catch {
    return { ok: false, status: 0, body: { detail: words.no_network } };
  }
}

/** Says what happened, also to those who do not see it. */
export function tell(text, kind = '') {
  const message = document.getElementById('message');
  message.className = `message ${kind}`;
  message.textContent = text;
}

export const refuse = (answer) => tell(answer.body?.detail ?? words.no_network, 'bad');

/** An element with attributes and content. Text is text, whatever is in it. */
export function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else element.setAttribute(key, value);
  }
  element.append(...content);
  return element;
}

/** Sends a form once: shows what is wrong at the fields, and returns the answer. */
export async function send(form, method, path, body) {
  const button = form.querySelector('button');
  for (const field of form.querySelectorAll('label')) show(field, '');
  button.disabled = true;
  const answer = await call(method, path, body);
  button.disabled = false;
  if (!answer.ok) {
    refuse(answer);
    for (const [name, faults] of Object.entries(answer.body?.errors ?? {})) show(form.elements[name]?.closest('label'), faults.join('. '));
    form.querySelector('[aria-invalid="true"]')?.focus();
  }
  return answer;
}

function show(label, fault) {
  if (!label) return;
  label.querySelector('.fault').textContent = fault;
  label.querySelector('input').setAttribute('aria-invalid', fault ? 'true' : 'false');
}

/** Signs out. What the page shows is gone before the server answers, and also when it does not. */
export function signOutWith(clear) {
  document.getElementById('sign-out').addEventListener('submit', async (event) => {
    event.preventDefault();
    clear();
    const answer = await call('POST', '/auth/logout');
    if (answer.ok) tell(words.signed_out, 'good');
    else {
      tell(words.sign_out_unsure, 'bad');
      document.getElementById('sign-out').hidden = false;
    }
  });
}

speak();
