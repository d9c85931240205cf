// What the pages say, in both languages. Refusals are told by the server, in the language of the request.
const all = {
  'pt-BR': {
    home_title: 'Este é um servidor de autenticação',
    home_intro: 'Cancela faz o login das pessoas, as reconhece, e as esquece no momento em que isso lhe é pedido.',
    home_account: 'Entre, veja seus dispositivos, troque sua senha.',
    home_admin: 'Contas e suas sessões, para administradores.',
    home_docs: 'Cada endpoint, para ler e experimentar.',
    account: 'Sua conta', admin: 'Administração', docs: 'A API',
    sign_in: 'Entrar', sign_out: 'Sair', create_account: 'Criar conta', have_account: 'Já tenho conta',
    email: 'Email', password: 'Senha', name: 'Nome (opcional)', new_password: 'Nova senha', current_password: 'Senha atual',
    password_hint: 'Algumas palavras são mais fáceis de lembrar do que sinais.',
    devices: 'Dispositivos', this_device: 'este', last_seen: 'visto em', end: 'Encerrar', end_others: 'Sair de todos os outros',
    change_password: 'Trocar senha', change_hint: 'Todos os outros dispositivos saem.',
    created: 'Conta criada: entre agora.', changed: 'Senha trocada.', ended: 'Sessão encerrada.', ended_others: 'Os outros dispositivos saíram.',
    signed_out: 'Você saiu.', sign_out_unsure: 'Sem resposta do servidor: esta página foi limpa, mas a sessão pode continuar aberta. Tente de novo.',
    no_network: 'Sem resposta do servidor: tente novamente.', sign_in_again: 'Sua sessão terminou: entre de novo.',
    accounts: 'Contas', more: 'Mostrar mais', sign_in_first: 'Entre como administrador', role: 'Papel', since: 'desde',
    manage: 'Gerenciar', no_sessions: 'Nenhuma sessão.', end_all: 'Encerrar todas as sessões', close: 'Encerrar conta', open: 'Reabrir conta',
    sure_close: 'Encerrar esta conta? Nada do que ela recebeu valerá.', sure_role: 'Alterar o papel?', role_changed: 'Papel alterado.', account_closed: 'Conta encerrada.', account_opened: 'Conta reaberta.',
  },
  en: {
    home_title: 'This is a sign-in server',
    home_intro: 'Cancela signs people in, recognises them, and forgets them the moment it is told to.',
    home_account: 'Sign in, see your devices, change your password.',
    home_admin: 'Accounts and their sessions, for administrators.',
    home_docs: 'Every endpoint, to read and to try.',
    account: 'Your account', admin: 'Administration', docs: 'The API',
    sign_in: 'Sign in', sign_out: 'Sign out', create_account: 'Create an account', have_account: 'I have one',
    email: 'Email', password: 'Password', name: 'Name (optional)', new_password: 'New password', current_password: 'Current password',
    password_hint: 'A few words are easier to remember than signs.',
    devices: 'Devices', this_device: 'this one', last_seen: 'last seen', end: 'Sign out', end_others: 'Sign out everywhere else',
    change_password: 'Change password', change_hint: 'Every other device is signed out.',
    created: 'Account created: sign in now.', changed: 'Password changed.', ended: 'Session ended.', ended_others: 'The other devices are signed out.',
    signed_out: 'You are signed out.', sign_out_unsure: 'The server did not answer: this page is cleared, but the session may still be open. Try again.',
    no_network: 'The server did not answer: try again.', sign_in_again: 'Your session has ended: sign in again.',
    accounts: 'Accounts', more: 'Show more', sign_in_first: 'Sign in as an administrator', role: 'Role', since: 'since',
    manage: 'Manage', no_sessions: 'No sessions.', end_all: 'End all sessions', close: 'Close account', open: 'Reopen account',
    sure_close: 'Close this account? Nothing that it was handed will count.', sure_role: 'Change the role?', role_changed: 'Role changed.', account_closed: 'Account closed.', account_opened: 'Account reopened.',
  },
};

export const language = /^en\b/i.test(navigator.language) ? 'en' : 'pt-BR';
export const words = all[language];

/** Writes the words into every element that names one. */
export function speak() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = words[element.dataset.text];
}

export function time(text) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(text));
}
