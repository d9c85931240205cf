import { call, make, refuse, send, signOutWith, tell } from './api.js';
import { time, words } from './words.js';

const at = (id) => document.getElementById(id);
const value = (form, name) => form.elements[name].value;

function showDoor(register = false) {
  clear();
  at('sign-in').hidden = register;
  at('register').hidden = !register;
  at('door-title').textContent = register ? words.create_account : words.sign_in;
  at('door').hidden = false;
}

/** Nothing about a person stays on the page. */
function clear() {
  for (const form of document.forms) form.reset();
  for (const id of ['who', 'who-more', 'devices']) at(id).replaceChildren();
  at('change').elements.username.value = '';
  at('home').hidden = true;
  at('sign-out').hidden = true;
  at('door').hidden = false;
}

async function showHome() {
  const me = await call('GET', '/auth/me');
  if (!me.ok) {
    showDoor();
    if (me.status !== 401) refuse(me);
    return;
  }
  const { user } = me.body;
  at('who').textContent = user.name ?? user.email;
  at('who-more').textContent = `${user.email} · ${user.role}`;
  at('change').elements.username.value = user.email;
  at('door').hidden = true;
  at('home').hidden = false;
  at('sign-out').hidden = false;
  await showDevices();
}

async function showDevices() {
  const answer = await call('GET', '/auth/sessions');
  if (answer.status === 401) return again();
  if (!answer.ok) return refuse(answer);
  at('devices').replaceChildren(...answer.body.sessions.map(device));
  at('end-others').hidden = answer.body.sessions.length < 2;
}

function device(session) {
  const what = make('div', { class: 'what' }, make('p', {}, session.device), make('p', { class: 'quiet small' }, `${session.ip ?? '—'} · ${words.last_seen} ${time(session.last_seen_at)}`));
  if (session.current) what.firstChild.append(make('span', { class: 'tag' }, words.this_device));
  const end = make('button', { type: 'button', class: 'danger', 'aria-label': `${words.end}: ${session.device}`, click: () => endOne(session) }, words.end);
  return make('li', {}, what, ...(session.current ? [] : [end]));
}

async function endOne(session) {
  const answer = await call('DELETE', `/auth/sessions/${session.id}`);
  if (answer.status === 401) return again();
  if (!answer.ok) return refuse(answer);
  tell(words.ended, 'good');
  await showDevices();
}

function again() {
  showDoor();
  tell(words.sign_in_again, 'bad');
}

function onSubmit(id, handle) {
  at(id).addEventListener('submit', (event) => {
    event.preventDefault();
    handle(event.target);
  });
}

onSubmit('sign-in', async (form) => {
  const answer = await send(form, 'POST', '/auth/login', { email: value(form, 'email'), password: value(form, 'password') });
  if (!answer.ok) return;
  form.reset();
  tell('');
  await showHome();
});

onSubmit('register', async (form) => {
  const email = value(form, 'email');
  const answer = await send(form, 'POST', '/register', { email, password: value(form, 'password'), name: value(form, 'name') || undefined });
  if (!answer.ok) return;
  showDoor();
  at('sign-in').elements.email.value = email;
  at('sign-in').elements.password.focus();
  tell(words.created, 'good');
});

onSubmit('change', async (form) => {
  const answer = await send(form, 'POST', '/auth/password/change', { current_password: value(form, 'current_password'), new_password: value(form, 'new_password') });
  if (!answer.ok) return;
  form.reset();
  await showHome();
  tell(words.changed, 'good');
});

at('to-register').addEventListener('click', () => showDoor(true));
at('to-sign-in').addEventListener('click', () => showDoor());
at('end-others').addEventListener('click', async () => {
  const answer = await call('DELETE', '/auth/sessions');
  if (answer.status === 401) return again();
  if (!answer.ok) return refuse(answer);
  tell(words.ended_others, 'good');
  await showHome();
});
signOutWith(showDoor);

// Back from the browser's memory: what was on the page may be somebody else's by now.
addEventListener('pageshow', (event) => event.persisted && showHome());
await showHome();
