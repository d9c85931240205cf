import { call, make, refuse, signOutWith, tell } from './api.js';
import { time, words } from './words.js';

const at = (id) => document.getElementById(id);
let next = null;

/** Nothing about anybody stays on the page. */
function clear() {
  next = null;
  at('users').replaceChildren();
  for (const id of ['home', 'sign-out', 'more']) at(id).hidden = true;
  at('no-entry').hidden = false;
}

/** Calls, and says why not. Who is no longer signed in sees nothing any more. */
async function ask(method, path, body) {
  const answer = await call(method, path, body);
  if (answer.status === 401) clear();
  if (!answer.ok) refuse(answer);
  return answer;
}

async function showUsers() {
  const answer = await ask('GET', next ? `/users?after=${next}` : '/users');
  if (!answer.ok) return answer.status === 403 ? clear() : undefined;
  at('users').append(...answer.body.items.map(row));
  next = answer.body.next;
  at('more').hidden = !next;
  for (const id of ['home', 'sign-out']) at(id).hidden = false;
}

function row(user) {
  const panel = make('div', { class: 'sub' });
  const title = make('p', {}, user.name ? `${user.name} · ${user.email}` : user.email);
  const what = make('div', { class: 'what' }, title, make('p', { class: 'quiet small' }, `${words.since} ${time(user.created_at)}`));
  return make('li', {}, what, roleOf(user),
    make('button', { type: 'button', class: 'plain', 'aria-label': `${words.manage}: ${user.email}`, click: () => toggle(user, panel) }, words.manage),
    panel);
}

function roleOf(user) {
  const roles = [...new Set(['USER', 'ADMIN', user.role])];
  const select = make('select', { 'aria-label': `${words.role}: ${user.email}` }, ...roles.map((role) => make('option', {}, role)));
  select.value = user.role;
  select.addEventListener('change', async () => {
    if (!confirm(`${words.sure_role} ${user.email}: ${select.value}`)) {
      select.value = user.role;
      return;
    }
    const answer = await ask('PUT', `/users/${user.id}`, { role: select.value });
    if (answer.ok) {
      user.role = select.value;
      tell(words.role_changed, 'good');
    }
    select.value = user.role;
  });
  return select;
}

async function setStatus(user, status) {
  if (status === 'closed' && !confirm(words.sure_close)) return;
  const answer = await ask('PUT', `/users/${user.id}`, { status });
  if (answer.ok) tell(`${status === 'closed' ? words.account_closed : words.account_opened} ${user.email}`, 'good');
}

function toggle(user, place) {
  if (place.hasChildNodes()) place.replaceChildren();
  else showSessions(user, place);
}

async function showSessions(user, place) {
  const answer = await ask('GET', `/users/${user.id}/sessions`);
  if (!answer.ok) return;
  const end = async (path) => {
    const done = await ask('DELETE', path);
    if (!done.ok) return;
    tell(words.ended, 'good');
    await showSessions(user, place);
  };
  const button = (kind, text, click) => make('button', { type: 'button', class: kind, 'aria-label': `${text}: ${user.email}`, click }, text);
  const { sessions } = answer.body;
  const items = sessions.map((session) => make('li', {},
    make('div', { class: 'what' }, make('p', {}, session.device), make('p', { class: 'quiet small' }, `${session.ip ?? '—'} · ${session.strategy} · ${words.last_seen} ${time(session.last_seen_at)}`)),
    make('button', { type: 'button', class: 'danger', 'aria-label': `${words.end}: ${session.device}`, click: () => end(`/users/${user.id}/sessions/${session.id}`) }, words.end)));
  place.replaceChildren(
    items.length > 0 ? make('ul', { class: 'list' }, ...items) : make('p', { class: 'quiet small' }, words.no_sessions),
    make('div', { class: 'row' },
      ...(items.length > 0 ? [button('danger', words.end_all, () => end(`/users/${user.id}/sessions`))] : []),
      button('danger', words.close, () => setStatus(user, 'closed')),
      button('plain', words.open, () => setStatus(user, 'active'))));
}

at('more').addEventListener('click', showUsers);
signOutWith(clear);
await showUsers();
